import { type Ref, useCallback, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView, ThreadView } from '../../../engine/api/views.ts';
import { OnScreenReport } from '../../client/shell/OnScreenReport.tsx';
import { Aside } from '../../ui/Aside.tsx';
import { GapLine } from './GapLine.tsx';
import { NewPill } from './NewPill.tsx';
import { RowView } from './RowView.tsx';
import type { ThreadRow } from './thread-rows.ts';
import { useAttention } from '../../client/use-attention.ts';
import { useDayWords } from './use-day-words.ts';
import { useKeptEnd } from './use-kept-end.ts';
import { openingKey, useLogPosition } from './use-log-position.ts';
import { useMessageFocus } from './use-message-focus.ts';
import { usePages } from './use-pages.ts';
import { useReading } from './use-reading.ts';
import { useSight } from './use-sight.ts';
import { useThreadVirtualizer } from './use-thread-virtualizer.ts';

/** What the parts around the list may ask of it. */
export interface ThreadLogHandle {
  goToNewest: () => void;
  /** The highest seq that was on screen. */
  lastSeen: () => number | undefined;
}

export interface ThreadLogProps {
  conversation: ConversationView;
  thread: ThreadView;
  /** At least one. */
  rows: readonly ThreadRow[];
  handle: Ref<ThreadLogHandle>;
}

/** The messages, newest at the bottom. Only those around the viewport are in the document. */
export function ThreadLog({ conversation, thread, rows, handle }: ThreadLogProps) {
  const { t } = useTranslation('thread');
  const dayWords = useDayWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [keptKey, keep] = useState<string>();
  const [firstKey] = useState(() => openingKey(thread, rows));
  const { older, newer, olderGapCount } = thread;
  const virtualizer = useThreadVirtualizer({ rows, newer, scroller, keptKey, firstKey });
  const { goToNewest, ringedId, letGo, isAiming, arrivals } = useLogPosition(virtualizer, thread, rows);
  const pages = usePages(thread, rows);
  const reading = useReading(conversation);
  const hasAttention = useAttention();
  const { pillDay, isAtEnd } = useSight({
    virtualizer,
    rows,
    scroller,
    hasAttention,
    arrivals: arrivals + pages.arrivals,
    onSight: (sight) => {
      // What is passed on the way is neither read, nor is more of it wanted.
      if (isAiming()) return;
      pages.loadAround(sight);
      reading.see(sight.lastSeq, hasAttention);
    },
  });
  const isAtNewest = isAtEnd && newer === 'none';
  useKeptEnd(virtualizer, scroller, isAtNewest);
  const { lastSeen } = reading;
  useImperativeHandle(handle, () => ({ goToNewest, lastSeen }), [goToNewest, lastSeen]);
  const focus = useMessageFocus(virtualizer, rows, keep);
  const measure = useCallback((element: HTMLDivElement | null) => virtualizer.measureElement(element), [virtualizer]);

  return (
    <div className="relative flex min-h-0 grow flex-col">
      <OnScreenReport conversationId={conversation.id} isAtNewest={isAtNewest} />
      {/* Parley announces new messages itself, for all conversations; this region only says what it is. */}
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t('log', { name: conversation.title })}
        aria-busy={pages.isLoading('older') || pages.isLoading('newer')}
        // What scrolls must be within reach of the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        {...focus}
        onWheel={letGo}
        onPointerDown={letGo}
        onTouchMove={letGo}
        className="focus-ring-inside flex min-h-0 grow flex-col overflow-x-clip overflow-y-auto overscroll-contain px-3.5 [overflow-anchor:none] pair:px-6"
      >
        <div
          className="@container relative mx-auto mt-auto w-full max-w-190 shrink-0"
          style={{ blockSize: virtualizer.getTotalSize() }}
        >
          {older === 'gap' && (
            <GapLine
              count={olderGapCount}
              isLoading={pages.isLoading('older')}
              onLoad={() => pages.load('older')}
              className="absolute inset-x-0 top-2"
            />
          )}
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={measure}
                  data-index={index}
                  className="absolute inset-x-0"
                  style={{ insetBlockStart: start }}
                >
                  <RowView row={row} isInGroup={conversation.kind === 'group'} isRinged={row.key === ringedId} />
                </div>
              )
            );
          })}
        </div>
        {newer === 'gap' && (
          <GapLine
            isLoading={pages.isLoading('newer')}
            onLoad={() => pages.load('newer')}
            className="mx-auto mb-2 w-full max-w-190 shrink-0"
          />
        )}
      </div>
      {pillDay !== undefined && !isAtNewest && (
        <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-2.25 flex justify-center">
          <Aside className="rounded-full border border-line bg-base-100 px-3.5 !leading-6.25">
            {dayWords(pillDay)}
          </Aside>
        </div>
      )}
      {!isAtNewest && (
        <div className="pointer-events-none absolute inset-x-3.5 bottom-2 mx-auto flex max-w-190 justify-end pair:inset-x-6">
          <NewPill unread={conversation.unread} onPress={goToNewest} />
        </div>
      )}
    </div>
  );
}
