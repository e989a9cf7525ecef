import type { Session } from 'electron';
import { isAppUrl } from '../app-origin.ts';

/** Shown by the page itself, made by the page itself. */
const withoutNetwork = ['blob:', 'devtools:'];

/** Pages reach nothing but the app, even where a policy in the page should fail. */
export function cutOffPages({ webRequest }: Session): void {
  webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isAppUrl(url) && !withoutNetwork.some((scheme) => url.startsWith(scheme)) });
  });
}
