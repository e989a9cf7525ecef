import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { ToMain, ToMainChannel, ToPageChannel } from '../ipc/channels.ts';
import { bridgeName, type PageBridge } from '../ipc/page-bridge.ts';

function tell<C extends ToMainChannel>(channel: C, message: ToMain[C]): void {
  ipcRenderer.send(channel, message);
}

function hear(channel: ToPageChannel, listener: (message: unknown) => void): () => void {
  const withoutEvent = (_event: IpcRendererEvent, message: unknown) => listener(message);
  ipcRenderer.on(channel, withoutEvent);
  return () => void ipcRenderer.off(channel, withoutEvent);
}

const bridge: PageBridge = {
  engine: {
    ask: (request) => tell('engine:ask', request as ToMain['engine:ask']),
    onTell: (listener) => hear('engine:tell', listener),
  },
  shell: {
    ask: (request) => tell('shell:ask', request as ToMain['shell:ask']),
    onTell: (listener) => hear('shell:tell', listener),
  },
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
