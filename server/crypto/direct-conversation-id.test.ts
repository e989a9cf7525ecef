import { expect, test } from 'vitest';
import { idSchema } from '@parley/shared/contract/ids.ts';
import { directConversationId } from './direct-conversation-id.ts';

const ann = '018f0000-0000-7000-8000-000000000001';
const ben = '018f0000-0000-7000-8000-000000000002';
const cem = '018f0000-0000-7000-8000-000000000003';

test('D1 two people meet in one conversation from either side, and in no other', () => {
  const id = directConversationId(ann, ben);
  expect(idSchema.parse(id)).toBe(directConversationId(ben, ann));
  expect(id[14]).toBe('8');
  expect(directConversationId(ann, cem)).not.toBe(id);
});
