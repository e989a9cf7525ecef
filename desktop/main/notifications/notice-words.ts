/** What notifications say, in the language of this device. */
export interface NoticeWords {
  app: string;
  /** Somebody whose name is not known. */
  somebody: string;
  newMessages(count: number): string;
  newMessagesIn(count: number, conversations: number): string;
  reply: string;
}
