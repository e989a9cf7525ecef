import { SquarePen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../../client/names.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount, useAllConversations } from '../../client/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** No conversation is in front: there is none yet, or none was chosen. */
export function QuietPane() {
  const { t } = useTranslation('list');
  const go = useGo();
  const name = shortName(useAccount()?.name ?? '');
  const hasNone = useAllConversations().length === 0;
  return (
    <section
      aria-labelledby="quiet-title"
      className="flex min-h-0 min-w-0 grow flex-col items-center justify-center bg-base-100 px-6"
      data-region="main"
    >
      <div aria-hidden="true" className="relative h-33 w-75">
        <span className="absolute start-0 top-0 h-11 w-44 rounded-2xl bg-theirs" />
        <span className="absolute start-0 top-12 h-9 w-29.5 rounded-2xl rounded-ss-[0.3125rem] bg-theirs" />
        <span className="absolute end-0 bottom-0 h-10 w-37.5 rounded-2xl border-2 border-dashed border-primary" />
      </div>
      <h2 id="quiet-title" className="pt-7 text-center text-title">
        {hasNone ? t('quietTitle', { name }) : t('chooseTitle')}
      </h2>
      <p className="max-w-96 pt-2 text-center text-message leading-[1.375rem] text-balance text-ink-2">
        {hasNone ? t('quietText') : t('chooseText')}
      </p>
      {hasNone && (
        <Button className="mt-6 h-10" onClick={() => go({ dialog: { kind: 'new-conversation' } })}>
          <Icon icon={SquarePen} />
          {t('start')}
        </Button>
      )}
    </section>
  );
}
