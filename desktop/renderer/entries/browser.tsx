import { startBrowserEngine } from '../../hosts/browser/start-browser-engine.ts';
import { startApp } from './start-app.tsx';

startApp(startBrowserEngine());
