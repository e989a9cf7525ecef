import { posix } from 'node:path';
import type { Plugin } from 'vite';

const embeddedImage = /url\((["'])data:image\/svg\+xml(;base64)?(?:;[^,"']*)?,(.*?)\1\)/gs;

/**
 * Moves the pictures that a style sheet holds as data: URLs into files.
 * @param save keeps a picture and answers with its URL
 */
export function extractImages(css: string, save: (svg: string) => string): string {
  return css.replace(embeddedImage, (_url, _quote, base64: string | undefined, data: string) => {
    const svg = base64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data);
    return `url("${save(svg)}")`;
  });
}

/** For the Content-Security-Policy, which knows no data: URLs: daisyUI's style sheet comes with some. */
export function cssImagesAsFiles(): Plugin {
  return {
    name: 'parley:css-images-as-files',
    enforce: 'post',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        const folder = posix.dirname(file.fileName);
        const css = extractImages(String(file.source), (svg) => {
          const reference = this.emitFile({ type: 'asset', name: 'image.svg', source: svg });
          return posix.relative(folder, this.getFileName(reference));
        });
        if (/url\(\s*["']?data:/.test(css)) {
          this.error(`${file.fileName} holds a data: URL that is no SVG; put the picture into a file`);
        }
        file.source = css;
      }
    },
  };
}
