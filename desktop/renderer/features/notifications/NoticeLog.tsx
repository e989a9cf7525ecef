import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeRecord } from '../../../ipc/shell-api.ts';
import { useShell, useShellCommand } from '../../client/shell/shell-context.ts';
import { useAttention } from '../../client/use-attention.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Aside } from '../../ui/Aside.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { FieldNote } from '../../ui/TextField.tsx';

const shownAtFirst = 5;

/** What was decided about the messages that came, and why. */
export function NoticeLog() {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const { records, error } = useNoticeRecords();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? records : records?.slice(0, shownAtFirst);
  return (
    <section aria-labelledby="notice-log" className="pt-8">
      <h3 id="notice-log" className="text-label text-ink-2">
        {t('why')}
      </h3>
      <p className="pb-1 text-preview text-ink-2">{t('whyText')}</p>
      {records?.length === 0 && <Aside className="block py-2">{t('whyNone')}</Aside>}
      <ul>
        {shown?.map((record, index) => (
          <NoticeRow key={`${record.at} ${index}`} {...record} />
        ))}
      </ul>
      {records && shown && shown.length < records.length && (
        <LinkButton className="mt-1 text-preview" onClick={() => setIsWhole(true)}>
          {t('showMore', { number: format.number(records.length) })}
        </LinkButton>
      )}
      <FieldNote id="notice-log-note" error={error} />
    </section>
  );
}

/** Asked for again when one was shown, and when the person comes back. */
function useNoticeRecords() {
  const { run, error } = useShellCommand('listNotices');
  const lastShown = useShell()?.lastShown;
  const hasAttention = useAttention();
  const [records, setRecords] = useState<readonly NoticeRecord[]>();
  useEffect(() => {
    let isStale = false;
    void run({}).then((found) => {
      if (found && !isStale) setRecords(found);
    });
    return () => {
      isStale = true;
    };
  }, [run, lastShown, hasAttention]);
  return { records, error };
}

function NoticeRow({ at, title, count, reason }: NoticeRecord) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  return (
    <li className="flex items-baseline gap-3 border-b border-line py-2 text-preview last:border-0">
      <time dateTime={new Date(at).toISOString()} className="shrink-0 text-ink-2 tabular-nums">
        {format.time(at)}
      </time>
      <div className="flex min-w-0 grow flex-wrap justify-between gap-x-4">
        <span className="flex min-w-0 gap-1.5 font-semibold">
          <PersonText className="truncate">{title}</PersonText>
          {count > 1 && (
            <span className="shrink-0 font-normal text-ink-2">
              {t('several', { count, number: format.number(count) })}
            </span>
          )}
        </span>
        <span className="text-ink-2">{t(`reason.${reason}`)}</span>
      </div>
    </li>
  );
}
