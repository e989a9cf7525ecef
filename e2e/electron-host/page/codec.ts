// Structured values as text and back: a page's binding carries nothing but strings. Both functions also run in the page, as source text,
// so they use nothing but themselves.

/** What `structuredClone` has copied, as JSON. What JSON has no word for becomes `{ $: kind, ... }`; a repeated object, its number. */
export function encode(root: unknown): string {
  const numbers = new Map<object, number>();
  const bytes = (buffer: ArrayBuffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''));
  const pack = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) };
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value !== 'object' || value === null) return value;
    const known = numbers.get(value);
    if (known !== undefined) return { $: 'again', number: known };
    numbers.set(value, numbers.size);
    if (Array.isArray(value)) return Array.from(value, pack);
    if (value instanceof Date) return { $: 'date', time: pack(value.getTime()) };
    if (value instanceof RegExp) return { $: 'regexp', source: value.source, flags: value.flags };
    if (value instanceof Map) return { $: 'map', entries: [...value].map(([key, held]) => [pack(key), pack(held)]) };
    if (value instanceof Set) return { $: 'set', members: [...value].map(pack) };
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message };
    if (value instanceof ArrayBuffer) return { $: 'bytes', type: 'ArrayBuffer', text: bytes(value) };
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value;
      const part = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      return { $: 'bytes', type: value.constructor.name, text: bytes(part) };
    }
    return { $: 'object', entries: Object.entries(value).map(([key, held]) => [key, pack(held)]) };
  };
  return JSON.stringify(pack(root));
}

export function decode(text: string): unknown {
  interface Packed {
    $: string;
    number: number;
    text: string;
    time: unknown;
    type: string;
    source: string;
    flags: string;
    name: string;
    message: string;
    entries: [unknown, unknown][];
    members: unknown[];
  }
  const known: unknown[] = [];
  const keep = <T>(value: T): T => {
    known.push(value);
    return value;
  };
  const viewOf = ({ type, text: packed }: Packed): unknown => {
    const { buffer } = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    if (type === 'ArrayBuffer') return buffer;
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[type];
    return View === undefined || type === 'Buffer' ? new Uint8Array(buffer) : new View(buffer);
  };
  const unpack = (packed: unknown): unknown => {
    if (typeof packed !== 'object' || packed === null) return packed;
    if (Array.isArray(packed)) {
      const list = keep<unknown[]>([]);
      for (const held of packed) list.push(unpack(held));
      return list;
    }
    const tagged = packed as Packed;
    switch (tagged.$) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(tagged.text);
      case 'number':
        return Number(tagged.text);
      case 'again':
        return known[tagged.number];
      case 'date': {
        const date = keep(new Date(0));
        date.setTime(unpack(tagged.time) as number);
        return date;
      }
      case 'regexp':
        return keep(new RegExp(tagged.source, tagged.flags));
      case 'map': {
        const map = keep(new Map());
        for (const [key, held] of tagged.entries) map.set(unpack(key), unpack(held));
        return map;
      }
      case 'set': {
        const set = keep(new Set());
        for (const member of tagged.members) set.add(unpack(member));
        return set;
      }
      case 'error':
        return keep(Object.assign(new Error(tagged.message), { name: tagged.name }));
      case 'bytes':
        return keep(viewOf(tagged));
      default: {
        const object = keep<Record<string, unknown>>({});
        for (const [key, held] of tagged.entries) {
          // An own `__proto__` must stay one.
          Object.defineProperty(object, key as string, {
            value: unpack(held),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return object;
      }
    }
  };
  return unpack(JSON.parse(text));
}
