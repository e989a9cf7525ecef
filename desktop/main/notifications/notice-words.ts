/** What notifications say, in the language of this device. */
export interface NoticeWords {
  /** Where the content is hidden. */
  hidden: string;
  /** Somebody whose name is not known. */
  somebody: string;
  newMessages(count: number): string;
  newMessagesIn(count: number, conversations: number): string;
  reply: string;
}
