import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import iconUrl from '../../assets/icon-tile.svg';
import { IconButton } from '../../ui/IconButton.tsx';
import { Line } from '../../ui/Line.tsx';

export interface AuthFrameProps {
  title: string;
  /** The line below the title. */
  lead: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
  onBack?: (() => void) | undefined;
}

/** Before there is an account: the mark on the line, dashed until something is kept. */
export function AuthFrame({ title, lead, children, foot, onBack }: AuthFrameProps) {
  const { t } = useTranslation('accounts');
  return (
    <main className="relative flex h-full flex-col overflow-y-auto bg-base-200" data-region="auth">
      <div className="drag-window absolute inset-x-0 top-0 flex h-13 items-center window-ps-3">
        {onBack && <IconButton icon={ArrowLeft} isMirrored label={t('back')} onClick={onBack} />}
      </div>
      <div className="flex grow flex-col items-center justify-center pt-10 pb-6">
        <div className="flex w-full items-center gap-3">
          <Line look="dashed" tone="primary" className="grow" />
          <img src={iconUrl} alt="" className="size-18 shrink-0" />
          <Line look="solid" tone="primary" className="grow" />
        </div>
        <div className="w-full max-w-[27.5rem] px-4">
          <h1 className="pt-[1.9rem] text-center text-first-run">{title}</h1>
          <div className="pt-2 text-center text-message leading-[1.375rem] text-balance text-ink-2">{lead}</div>
          <div className="pt-7.5">{children}</div>
        </div>
      </div>
      <footer className="flex min-h-17 shrink-0 items-end justify-center px-4 pb-9 text-center">{foot}</footer>
    </main>
  );
}
