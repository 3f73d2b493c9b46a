export function perSecond(run: (n: number) => unknown, millis: number): Promise<number>;
