import type { AccessPorts } from '../access/index.js';
import type { AchievementPorts } from '../achievements/index.js';
import type { AuditPorts } from '../audit/index.js';
import type { CalibrationPorts } from '../calibration/index.js';
import type { EvidencePorts } from '../evidence/index.js';
import type { InteropPorts } from '../interop/index.js';
import type { IssuingPorts } from '../issuing/index.js';
import type { PathwayPorts } from '../pathways/index.js';
import type { ReviewPorts } from '../review/index.js';
import type { StatusPorts } from '../status/index.js';
import type { SubmissionPorts } from '../submissions/index.js';
import type { VerificationPorts } from '../verification/index.js';
import type { Instant } from '../kernel/index.js';
import type { SecuringPorts } from '../securing/index.js';
import type { TenancyPorts } from '../tenancy/index.js';

/** Every room's ports, as compose.ts builds them. Route factories pick the rooms that they use. */
export interface Rooms {
  readonly tenancy: TenancyPorts;
  readonly access: AccessPorts;
  readonly securing: SecuringPorts;
  readonly status: StatusPorts;
  readonly achievements: AchievementPorts;
  readonly evidence: EvidencePorts;
  readonly submissions: SubmissionPorts;
  readonly calibration: CalibrationPorts;
  readonly review: ReviewPorts;
  readonly issuing: IssuingPorts;
  readonly pathways: PathwayPorts;
  readonly verification: VerificationPorts;
  readonly interop: InteropPorts;
  readonly audit: AuditPorts;
  readonly service: ServicePorts;
}

/** What the web needs to know of the service itself. */
export interface ServicePorts {
  /** No slash at the end. */
  readonly publicUrl: string;
  /** The addresses that the service has moved from, newest first. */
  readonly formerUrls: readonly string[];
  readonly version: string;
  /** Carries out what is due, soon: called after a use case that leaves an effect. */
  readonly wake: () => void;
  /** Rejects with `unavailable` when a write would not be accepted now. */
  readonly ping: () => Promise<void>;
  /** The demo's clock; undefined everywhere else. */
  readonly advanceClock: ((seconds: number) => void) | undefined;
  /** Whether the VC-API is there, and who may issue by it: everybody, or whoever has the operator token. */
  readonly vcApi: 'off' | 'open' | 'operator';
  readonly now: () => Instant;
  /** Everything due is carried out before it resolves: the demo's clock and tests use it. */
  readonly settle: () => Promise<void>;
}
