declare module 'png-chunks-extract' {
  export default function extractChunks(
    image: Uint8Array,
  ): { readonly name: string; readonly data: Uint8Array }[];
}
