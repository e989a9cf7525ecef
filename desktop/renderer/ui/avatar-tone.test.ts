import { describe, expect, it } from 'vitest';
import { avatarAngle, avatarTone, initialsOf } from './avatar-tone.ts';

describe('avatars', () => {
  it.each([
    ['Ines Duarte', 'ID'],
    ['Mum', 'M'],
    ['  maud   ekström ', 'ME'],
    ['Anna Maria van der Berg', 'AB'],
    ['Åsa Öberg', 'ÅÖ'],
    ['نور حداد', 'ن'],
    ['דנה לוי', 'ד'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧'],
    ['<script>', ''],
    ['', ''],
  ])('take their initials from %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('spread over all tones and angles, and stay the same', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `0198c3f2-0000-7000-8000-${String(index).padStart(12, '0')}`);
    expect(new Set(ids.map(avatarTone)).size).toBe(8);
    expect(new Set(ids.map(avatarAngle)).size).toBe(8);
    expect(ids.map(avatarTone)).toEqual(ids.map(avatarTone));
  });
});
