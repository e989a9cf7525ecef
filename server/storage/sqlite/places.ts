/**
 * Where a message lies: its conversation's number and its seq in one integer that a double holds exactly. 2^26 messages to a
 * conversation, 2^27 conversations. The index `message_changed` is written with the same shift.
 */
const seqBits = 26;
const seqsPerConversation = 2 ** seqBits;

export function placeOf(conversation: number, seq: number): number {
  if (seq >= seqsPerConversation) throw new RangeError('A conversation holds at most 2^26 messages');
  return conversation * seqsPerConversation + seq;
}

export function seqOf(place: number): number {
  return place % seqsPerConversation;
}
