import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Origins } from '../origins.ts';

const nothing = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

type Directives = Record<string, string[]>;

/** Helmet's headers with a content security policy of one of the profiles; what only https can keep is promised only there. */
function profile(isHttps: boolean, directives: Directives): RequestHandler {
  const policy: Directives = isHttps ? { ...directives, upgradeInsecureRequests: [] } : directives;
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: isHttps ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    // Over plain http browsers ignore these two and say so in the console.
    crossOriginOpenerPolicy: isHttps ? { policy: 'same-origin' } : false,
    originAgentCluster: isHttps,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

export function apiHeaders(isHttps: boolean): RequestHandler {
  const secured = profile(isHttps, nothing);
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    secured(request, response, next);
  };
}

export function docsHeaders(isHttps: boolean): RequestHandler {
  return profile(isHttps, { ...nothing, styleSrc: ["'self'"] });
}

/** The app: its own scripts and styles, its own server, nothing else. */
export function appHeaders(isHttps: boolean, origins: Origins): RequestHandler {
  const own: Directives = {
    ...nothing,
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    frameSrc: ["'none'"],
    objectSrc: ["'none'"],
  };
  return (request, response, next) => {
    // Not every browser counts a WebSocket to the page's own origin as 'self'.
    const connectSrc = ["'self'", ...origins.socketOrigins()];
    profile(isHttps, { ...own, connectSrc })(request, response, next);
  };
}
