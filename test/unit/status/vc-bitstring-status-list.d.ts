declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function decodeList(options: {
    encodedList: string;
  }): Promise<{ getStatus(index: number): boolean }>;
  export function checkStatus(
    options: object,
  ): Promise<{ verified: boolean; results?: { status: boolean }[]; error?: Error }>;
}
