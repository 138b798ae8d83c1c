// The package's own types import one another without extensions, which Node's resolution does not find.
declare module 'opencc-js/t2cn' {
  export function Converter(languages: { from: string; to: string }): (text: string) => string;
}
