import type { ReactNode } from 'react';

export interface SettingsPartProps {
  title: string;
  text: string;
  children: ReactNode;
}

export function SettingsPart({ title, text, children }: SettingsPartProps) {
  return (
    <section aria-labelledby="settings-part">
      <h2 id="settings-part" className="text-title-large">
        {title}
      </h2>
      <p className="pt-1 pb-5 text-message text-ink-2">{text}</p>
      {children}
    </section>
  );
}

export interface SettingsRowProps {
  label: ReactNode;
  text?: ReactNode;
  children: ReactNode;
}

/** What it is at the start, the control at the end. */
export function SettingsRow({ label, text, children }: SettingsRowProps) {
  return (
    <div className="flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3.5 last:border-0">
      <div className="min-w-0 grow basis-52">
        <p className="text-interface font-semibold">{label}</p>
        {text !== undefined && <p className="max-w-100 text-preview text-ink-2">{text}</p>}
      </div>
      {children}
    </div>
  );
}
