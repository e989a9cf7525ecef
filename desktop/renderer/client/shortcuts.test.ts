import { describe, expect, it, vi } from 'vitest';
import { ShortcutRegistry, shortcuts, writtenKeys } from './shortcuts.ts';

function press(init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  window.dispatchEvent(event);
  return event;
}

describe('shortcuts', () => {
  it('asks the last one registered first, and the one before when it declines', () => {
    const registry = new ShortcutRegistry();
    const stop = registry.listen(window);
    const page = vi.fn<() => void>();
    const dialog = vi.fn<() => boolean>(() => false);
    registry.register('close', page);
    const leave = registry.register('close', dialog);
    press({ key: 'Escape', code: 'Escape' });
    expect([dialog.mock.calls.length, page.mock.calls.length]).toEqual([1, 1]);
    leave();
    press({ key: 'Escape', code: 'Escape' });
    expect([dialog.mock.calls.length, page.mock.calls.length]).toEqual([1, 2]);
    stop();
  });

  it('work while something is being written', () => {
    const registry = new ShortcutRegistry();
    const stop = registry.listen(window);
    const handler = vi.fn<() => void>();
    registry.register('switcher', handler);
    const field = document.body.appendChild(document.createElement('textarea'));
    field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'k', code: 'KeyK', ctrlKey: true }));
    field.remove();
    stop();
    expect(handler).toHaveBeenCalledOnce();
  });

  it('leaves alone what somebody has handled already', () => {
    const registry = new ShortcutRegistry();
    const stop = registry.listen(window);
    const handler = vi.fn<() => void>();
    registry.register('close', handler);
    const taken = (event: Event) => event.preventDefault();
    window.addEventListener('keydown', taken, { capture: true });
    press({ key: 'Escape', code: 'Escape' });
    window.removeEventListener('keydown', taken, { capture: true });
    stop();
    expect(handler).not.toHaveBeenCalled();
  });

  it('prevents what the browser would do only where something is done', () => {
    const registry = new ShortcutRegistry();
    const stop = registry.listen(window);
    expect(press({ key: 'F6', code: 'F6' }).defaultPrevented).toBe(false);
    registry.register('nextRegion', () => {});
    expect(press({ key: 'F6', code: 'F6' }).defaultPrevented).toBe(true);
    stop();
  });

  it('has no two shortcuts on the same keys', () => {
    const keys = Object.values(shortcuts).map((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('writes keys as the keyboard has them', () => {
    expect(writtenKeys('switcher', false)).toEqual(['Ctrl', 'K']);
    expect(writtenKeys('switcher', true)).toEqual(['⌘', 'K']);
    expect(writtenKeys('nextUnread', false)).toEqual(['Alt', 'Shift', '↓']);
    expect(writtenKeys('sheet', false)).toEqual(['Ctrl', '/']);
  });
});
