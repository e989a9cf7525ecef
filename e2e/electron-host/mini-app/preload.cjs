const { contextBridge, ipcRenderer } = require('electron');

const ring = { name: 'ring' };
ring.itself = ring;

contextBridge.exposeInMainWorld('mini', {
  invoke: (channel, ...words) => ipcRenderer.invoke(channel, ...words),
  send: (channel, word) => ipcRenderer.send(channel, word),
  on: (channel, listener) => {
    ipcRenderer.on(channel, (_event, word) => listener(word));
  },
  values: { list: [1, [2]], date: new Date(5), nothing: null, missing: undefined },
  ring,
  add: (one, other) => one + other,
  callBack: (work) => work(20) + 1,
  later: (value) => Promise.resolve(value),
  never: () => Promise.reject(new Error('no such luck')),
  fail: () => {
    throw new RangeError('too far');
  },
  uncopyable: () => ({ world: window }),
  reach: () => ({ seesPage: typeof window.fromPage, seesElectron: typeof require('electron').ipcRenderer.send }),
});
