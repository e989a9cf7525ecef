import { AtSign, Bell, BellOff, Clock, RotateCcw, Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NoticeChoice } from '@parley/shared/contract/entities/feed.ts';
import { forGood, isMuted } from '@parley/shared/model/notices.ts';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/Menu.tsx';

export interface NoticesSectionProps {
  conversation: ConversationView;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What the person wants to hear of one conversation, on all their devices. */
export function NoticesSection({ conversation }: NoticesSectionProps) {
  const { t } = useTranslation('details');
  const { run, error } = useCommand('setNotices');
  const words = useNoticeWords(conversation);
  const now = useNow(minuteMs);
  const { id: conversationId, notify, mutedUntil } = conversation;
  const isSilenced = isMuted(mutedUntil, now);
  const holds = (choice?: NoticeChoice) => !isSilenced && notify === choice;
  const set = (choice: NoticeChoice | undefined, until: number) =>
    void run({ conversationId, mutedUntil: until, ...(choice && { notify: choice }) });
  const mute = (until: number) => set(notify, until);
  const choose = (choice?: NoticeChoice) => set(choice, 0);
  const muteFor = (ms: number) => mute(Date.now() + ms);
  return (
    <section aria-labelledby="notices-title" className="-mx-5 border-t border-line px-5 py-3">
      <div className="flex items-center gap-2">
        <div className="min-w-0 grow">
          <h3 id="notices-title" className="text-label text-ink-2">
            {t('notices')}
          </h3>
          <p className="text-interface tabular-nums">{words}</p>
        </div>
        <Menu icon={Settings2} label={t('changeNotices')} className="-me-2">
          <MenuItem icon={RotateCcw} isCurrent={holds()} onClick={() => choose()}>
            {t('noticesUsual')}
          </MenuItem>
          <MenuItem icon={Bell} isCurrent={holds('all')} onClick={() => choose('all')}>
            {t('noticesAll')}
          </MenuItem>
          <MenuItem icon={AtSign} isCurrent={holds('mentions')} onClick={() => choose('mentions')}>
            {t('noticesMentions')}
          </MenuItem>
          <MenuItem icon={BellOff} isCurrent={holds('nothing')} onClick={() => choose('nothing')}>
            {t('noticesNothing')}
          </MenuItem>
          <MenuLine />
          {isSilenced ? (
            <MenuItem icon={Bell} onClick={() => mute(0)}>
              {t('unmute')}
            </MenuItem>
          ) : (
            <>
              <MenuItem icon={Clock} onClick={() => muteFor(hourMs)}>
                {t('muteHours', { count: 1 })}
              </MenuItem>
              <MenuItem icon={Clock} onClick={() => muteFor(8 * hourMs)}>
                {t('muteHours', { count: 8 })}
              </MenuItem>
              <MenuItem icon={BellOff} onClick={() => mute(forGood)}>
                {t('muteForGood')}
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
      {error !== undefined && (
        <p role="alert" className="pt-1 text-preview text-error-ink">
          {error}
        </p>
      )}
    </section>
  );
}

/** What holds for a conversation, in a few words. */
export function useNoticeWords({ notify, mutedUntil }: Pick<ConversationView, 'notify' | 'mutedUntil'>): string {
  const { t } = useTranslation('details');
  const format = useFormat();
  const now = useNow(minuteMs);
  if (isMuted(mutedUntil, now)) {
    if (mutedUntil >= forGood) return t('muted');
    return t('mutedUntil', { time: format.time(mutedUntil) });
  }
  const words = { all: t('noticesAll'), mentions: t('noticesMentions'), nothing: t('noticesNothing') };
  return notify === undefined ? t('noticesUsual') : words[notify];
}
