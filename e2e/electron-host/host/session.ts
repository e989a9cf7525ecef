import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { PageRequest, Verdict } from '../messages.ts';
import { imitation, type Imitates } from './imitation.ts';
import { onDriver, toDriver } from './pipe.ts';
import { addScheme, inApp } from './schemes.ts';
import { windows } from './windows.ts';

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  decide: (response: Electron.CallbackResponse) => void,
) => void;

const abort: Verdict = { kind: 'abort' };

class HostProtocol {
  private readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();

  registerSchemesAsPrivileged(custom: Electron.CustomScheme[]): void {
    for (const { scheme } of custom) addScheme(scheme);
  }

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }

  isProtocolHandled = (scheme: string) => this.handlers.has(scheme);

  handlerFor(url: string) {
    return this.handlers.get(url.split(':')[0] ?? '');
  }
}

class HostWebRequest {
  private decideOn: BeforeRequest | undefined;

  onBeforeRequest(listener: BeforeRequest | null): void {
    this.decideOn = listener ?? undefined;
  }

  /** Whether a request may go on; one that nobody decides about hangs, as it does in Electron. */
  async mayGo(details: Electron.OnBeforeRequestListenerDetails): Promise<boolean> {
    if (this.decideOn === undefined) return true;
    const { promise, resolve } = Promise.withResolvers<Electron.CallbackResponse>();
    this.decideOn(details, resolve);
    return (await promise).cancel !== true;
  }
}

const hostProtocol = new HostProtocol();
const webRequest = new HostWebRequest();

type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type DevicePermission = Parameters<Electron.Session['setDevicePermissionHandler']>[0];

export class HostSession extends EventEmitter {
  readonly protocol = imitation('protocol', hostProtocol);
  readonly webRequest = imitation('webRequest', webRequest);
  readonly permissions: { check?: PermissionCheck; request?: PermissionRequest; device?: DevicePermission } = {};
  readonly learnedWords: string[] = [];
  private languages = ['en-US'];

  availableSpellCheckerLanguages = ['en-US', 'de'];
  getSpellCheckerLanguages = () => [...this.languages];
  isSpellCheckerEnabled = () => true;

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissions.check = handler;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissions.request = handler;
  }

  setDevicePermissionHandler(handler: DevicePermission): void {
    this.permissions.device = handler;
  }

  setSpellCheckerLanguages(languages: string[]): void {
    this.languages = languages;
  }

  addWordToSpellCheckerDictionary(word: string): boolean {
    return this.learnedWords.push(word) > 0;
  }
}

hostProtocol satisfies Imitates<HostProtocol, Electron.Protocol>;
((asked: HostSession) =>
  asked satisfies Imitates<HostSession, Electron.Session, 'protocol' | 'webRequest'>) satisfies unknown;

async function decide({
  window,
  url: asked,
  method,
  headers,
  body,
  resourceType,
  navigation,
}: PageRequest): Promise<Verdict> {
  const url = inApp(asked);
  const page = windows.byId(window)?.webContents;
  if (page === undefined) return abort;
  if (navigation?.isByPage && !page.mayNavigate(url, navigation.isMainFrame)) return abort;
  const details = { id: 0, url, method, webContentsId: window, resourceType, referrer: '', timestamp: Date.now() };
  const mayGo = await webRequest.mayGo({
    ...details,
    uploadData: [],
  } as unknown as Electron.OnBeforeRequestListenerDetails);
  if (!mayGo) return abort;
  const handler = hostProtocol.handlerFor(url);
  if (handler === undefined) return { kind: 'continue' };
  const response = await handler(
    new Request(url, { method, headers, body: body === null ? null : new Uint8Array(body) }),
  );
  const answer = new Uint8Array(await response.arrayBuffer());
  return { kind: 'fulfil', status: response.status, headers: Object.fromEntries(response.headers), body: answer };
}

onDriver((message) => {
  if (message.kind !== 'request') return;
  const { id, request } = message;
  void decide(request).then(
    (verdict) => toDriver({ kind: 'verdict', id, verdict }),
    (error: unknown) => {
      console.error('a request was answered with an exception', error);
      toDriver({ kind: 'verdict', id, verdict: abort });
    },
  );
});

export const protocol = hostProtocol;
export const defaultSession = imitation('session', new HostSession());
export const session = imitation('session', {
  defaultSession,
  fromPartition: () => defaultSession,
} satisfies { defaultSession: HostSession; fromPartition: () => HostSession });
