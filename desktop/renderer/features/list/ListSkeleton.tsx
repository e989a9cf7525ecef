import { useTranslation } from 'react-i18next';
import { Skeleton, SkeletonGroup, useAfterDelay } from '../../ui/Skeleton.tsx';

const rows = ['w-28', 'w-20', 'w-32', 'w-24', 'w-36', 'w-22'];

/** The list while it is being opened; nothing at all when that is quick. */
export function ListSkeleton() {
  const { t } = useTranslation('list');
  const isSlow = useAfterDelay(true);
  if (!isSlow) return null;
  return (
    <SkeletonGroup label={t('loading')}>
      <div className="pt-13.5">
        {rows.map((width) => (
          <div key={width} className="flex h-16 items-center gap-3 px-4.5">
            <Skeleton className="size-11 rounded-full" />
            <span className="flex grow flex-col gap-2.5">
              <Skeleton className={`h-3 rounded-full ${width}`} />
              <Skeleton className="h-3 w-4/5 rounded-full" />
            </span>
          </div>
        ))}
      </div>
    </SkeletonGroup>
  );
}
