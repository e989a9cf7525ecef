import { Notification } from 'electron';
import type { Log } from '../log.ts';
import type { Notice, PresentNotice } from './notice-centre.ts';
import { noticeOptions, type NoticePlatform } from './notice-options.ts';

export interface NoticePresenterOptions {
  platform(): NoticePlatform;
  /** Whether the system shows notifications has turned out otherwise than it was. */
  onCanNotifyChanged(): void;
  log: Log;
}

/** Shows notifications through the system. */
export class NoticePresenter {
  readonly #options: NoticePresenterOptions;
  /** One that nobody holds is collected, and with it its click. */
  readonly #shown = new Set<Notification>();
  #canNotify = Notification.isSupported();

  constructor(options: NoticePresenterOptions) {
    this.#options = options;
  }

  /** As far as is known: the last one was not refused. */
  get canNotify(): boolean {
    return this.#canNotify;
  }

  /** Windows keeps what was shown before the app was started; what it told of is not known any more, so its click only opens Parley. */
  followActivations(onClick: () => void): void {
    Notification.handleActivation(({ type }) => type !== 'reply' && onClick());
  }

  readonly present: PresentNotice = (notice, { clicked, replied }) => this.#show(notice, clicked, replied);

  /** What Parley itself has to say. */
  tell(title: string, body: string, isSilent: boolean, clicked: () => void): void {
    this.#show({ title, body, isSilent, canReply: false }, clicked);
  }

  #show(
    notice: Omit<Notice, 'target'> & Partial<Pick<Notice, 'target'>>,
    clicked: () => void,
    replied?: (text: string) => void,
  ): { close(): void } {
    const notification = new Notification(noticeOptions(notice, this.#options.platform()));
    const close = () => {
      this.#shown.delete(notification);
      notification.close();
    };
    notification.on('click', () => {
      close();
      clicked();
    });
    notification.on('reply', ({ reply }) => replied?.(reply));
    notification.on('show', () => this.#note(true));
    notification.on('failed', (_event, error) => {
      this.#shown.delete(notification);
      this.#options.log('a notification was not shown', { error });
      this.#note(false);
    });
    this.#shown.add(notification);
    notification.show();
    return { close };
  }

  #note(canNotify: boolean): void {
    if (canNotify === this.#canNotify) return;
    this.#canNotify = canNotify;
    this.#options.onCanNotifyChanged();
  }
}
