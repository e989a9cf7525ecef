import { startApp } from '../../../entries/start-app.tsx';
import { LongThreadEngine } from './long-thread-engine.ts';

/** The app with one very long thread: `?total=100000&unread=0`. `window.engine` is what it stands on. */
const wanted = new URLSearchParams(location.search);
const engine = new LongThreadEngine(Number(wanted.get('total') ?? 100_000), Number(wanted.get('unread') ?? 0));
Object.assign(window, { engine });
startApp(engine);
