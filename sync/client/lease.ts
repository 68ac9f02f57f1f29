/** How long what this phone holds may be shown without hearing from the server. */
import type { Store } from "./store.ts";
import type { PullAnswer } from "./wire.ts";

/**
 * A lease, in ms. It is counted in server time, estimated as the device's clock plus `offset`: a clock that was wrong
 * from the beginning does no harm, and one that is set back later shows against `latest`.
 */
export interface Lease {
  readonly until: number;
  /** The latest server time that there was: said by the server, or estimated here while the lease held. */
  readonly latest: number;
  /** Server time minus device time when the server was last heard. */
  readonly offset: number;
}

const tolerance = 600_000; // clocks are corrected by minutes

/** The lease that a pull's answer gives; none if it names no times. Only the last answer counts, so that contact always unlocks. */
export function granted(
  { now = "", lease = "" }: Pick<PullAnswer, "now" | "lease">,
  device: number,
): Lease | undefined {
  const [latest, until] = [Date.parse(now), Date.parse(lease)];
  return Number.isNaN(latest + until) ? undefined : { until, latest, offset: latest - device };
}

/** Whether nothing may be shown. Without a lease, the server has never been heard to speak of one. */
export function isLocked(lease: Lease | undefined, device: number): boolean {
  if (!lease) return false;
  const now = device + lease.offset;
  return now > lease.until || now < lease.latest - tolerance;
}

/** How many ms from now the lease will have run out; null if it has, or there is none. */
export function leaseLeft(lease: Lease | undefined, device: number): number | null {
  const left = lease ? lease.until - lease.offset - device + 1 : 0;
  return left > 0 ? left : null;
}

/** Time goes on without contact too; kept, so that a clock set back within the lease is noticed after a restart. */
export function passTime(store: Store, device: number): Promise<void> {
  return store.write(async (tx) => {
    const lease = (await tx.objectStore("meta").get("lease")) as Lease | undefined;
    if (!lease || isLocked(lease, device) || device + lease.offset <= lease.latest) return;
    await tx.objectStore("meta").put({ ...lease, latest: device + lease.offset }, "lease");
  });
}
