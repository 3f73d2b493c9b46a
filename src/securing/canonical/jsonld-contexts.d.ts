/* The context processing of jsonld.js by itself, which brings no types. */

declare module 'jsonld/lib/context.js' {
  export interface ActiveContext {
    readonly mappings: ReadonlyMap<string, { readonly [member: string]: unknown } | null>;
    readonly protected: { readonly [term: string]: unknown };
    readonly previousContext?: ActiveContext;
    readonly processingMode?: string;
    revertToPreviousContext(): ActiveContext;
  }
  interface Options {
    readonly [option: string]: unknown;
  }
  const exported: {
    process(input: {
      readonly activeCtx: ActiveContext;
      readonly localCtx: unknown;
      readonly options: Options;
      readonly propagate?: boolean;
      readonly overrideProtected?: boolean;
    }): Promise<ActiveContext>;
    getInitialContext(options: Options): ActiveContext;
    processingMode(context: ActiveContext, version: number): boolean;
  };
  export default exported;
}

declare module 'jsonld/lib/ContextResolver.js' {
  const ContextResolver: new (options: { readonly sharedCache: Map<string, unknown> }) => object;
  export default ContextResolver;
}
