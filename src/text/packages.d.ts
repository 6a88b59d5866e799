/** Deep imports of packages that ship no types for them. */
declare module "stopword/src/stopwords_rus.js" {
  export const rus: readonly string[];
}
declare module "stopword/src/stopwords_eng.js" {
  export const eng: readonly string[];
}

/** As much of WebAssembly as the tokenizer uses; the library es2023 does not declare it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports: Record<string, Record<string, (point: number) => number>>);
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
}
