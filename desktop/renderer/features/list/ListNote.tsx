import { type OpenDialog, useGo } from '../../client/navigation.ts';
import { Aside } from '../../ui/Aside.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';

export interface ListNoteProps {
  words: string;
  action: string;
  dialog: OpenDialog;
  /** A wide window offers the same beside the list. */
  isActionElsewhere?: boolean;
}

/** In place of rows: one sentence, one thing to do. */
export function ListNote({ words, action, dialog, isActionElsewhere }: ListNoteProps) {
  const go = useGo();
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 px-6">
      <Aside role="status" className="max-w-44 text-center text-balance">
        {words}
      </Aside>
      <LinkButton className={isActionElsewhere ? 'pair:hidden' : ''} onClick={() => go({ dialog })}>
        {action}
      </LinkButton>
    </div>
  );
}
