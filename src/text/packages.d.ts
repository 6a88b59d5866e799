/** Deep imports of packages that ship no types for them. */
declare module "stopword/src/stopwords_rus.js" {
  export const rus: readonly string[];
}
declare module "stopword/src/stopwords_eng.js" {
  export const eng: readonly string[];
}
