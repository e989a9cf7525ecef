import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { shortName } from '../../client/names.ts';
import { usePerson } from '../../client/selectors.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Skeleton, SkeletonGroup } from '../../ui/Skeleton.tsx';

const shapes = [
  'h-9 w-64 self-start',
  'h-14 w-96 self-start',
  'h-9 w-56 self-end',
  'h-9 w-72 self-start',
  'h-14 w-80 self-end',
  'h-9 w-40 self-end',
];

/** In the place of messages that are being opened. */
export function ThreadSkeleton() {
  const { t } = useTranslation('thread');
  return (
    <SkeletonGroup label={t('loading')}>
      <div className="flex min-h-0 grow overflow-hidden px-3.5 pb-1.5 pair:px-6">
        <div className="mx-auto flex w-full max-w-190 flex-col justify-end gap-3">
          {shapes.map((shape) => (
            <Skeleton key={shape} className={`max-w-4/5 shrink-0 rounded-2xl ${shape}`} />
          ))}
        </div>
      </div>
    </SkeletonGroup>
  );
}

export interface ConversationProps {
  conversation: ConversationView;
}

export function EmptyThread({ conversation: { kind, title } }: ConversationProps) {
  const { t } = useTranslation('thread');
  return (
    <div className="flex min-h-0 grow items-center justify-center px-6 text-center">
      <Aside>{kind === 'direct' ? t('emptyDirect', { name: shortName(title) }) : t('emptyGroup')}</Aside>
    </div>
  );
}

/** In the composer's place where this account may not write. */
export function ReadOnlyNote({ conversation: { state, removedBy } }: ConversationProps) {
  const { t } = useTranslation('thread');
  const remover = usePerson(removedBy);
  const words = {
    left: t('youLeft'),
    removed: remover ? t('removedBy', { name: shortName(remover.name) }) : t('removed'),
    in: t('readOnly'),
    new: t('readOnly'),
  }[state];
  return (
    <p className="mx-auto flex min-h-12 w-full max-w-190 items-center justify-center border-t border-line text-center">
      <Aside>{words}</Aside>
    </p>
  );
}
