import type { AchievementPorts, AchievementVersion } from '../../achievements/index.js';
import {
  declarationStandingOf,
  type CalibrationPorts,
  type DeclarationStanding,
} from '../../calibration/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { ButtonLink, CardLink, PageHeading } from '../components/index.js';
import { navigationFor } from '../navigation.js';
import type { Principal, Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { StoppedVersions } from './issuing-stopped.js';
import { DeclarationsMissing } from './declaration-words.js';
import { page } from './layout.js';
import { roleWord } from './roles.js';

/** The start page: what this is for everybody, what there is to do for members. */
export function startPages({
  achievements,
  calibration,
}: Pick<Rooms, 'achievements' | 'calibration'>): readonly Route[] {
  return [
    {
      operationId: 'startPage',
      method: 'GET',
      path: '/',
      kind: 'page',
      tag: 'access',
      summary: 'The start page',
      access: 'public',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async ({ principal, query }) => ({
        status: 200,
        html:
          principal === undefined
            ? publicStartPage()
            : memberStartPage(
                principal,
                {
                  stopped: await stoppedFor(achievements, principal),
                  declared: await declaredFor(calibration, principal),
                },
                query['done'],
              ),
      }),
    },
  ];
}

/** The versions whose issuing is stopped, for those who can have them checked anew. */
async function stoppedFor(
  { store }: Pick<AchievementPorts, 'store'>,
  { actor, member }: Principal,
): Promise<readonly AchievementVersion[]> {
  return isPermitted(member.roles, 'achievements.publish') ? store.stoppedVersions(actor.district) : [];
}

/** How a reviewer's or adjudicator's declarations stand; nothing for others. */
async function declaredFor(
  calibration: CalibrationPorts,
  { actor, member }: Principal,
): Promise<DeclarationStanding | undefined> {
  const rates = member.roles.some((role) => role === 'reviewer' || role === 'adjudicator');
  return rates ? declarationStandingOf(calibration, actor.district, actor.member) : undefined;
}

/** For everybody. */
export function publicStartPage(): string {
  return page(
    { title: 'Microcredentials that can be believed', path: '/' },
    <>
      <section class="hero">
        <h1>Teachers’ microcredentials that can be believed</h1>
        <p class="lead">
          A district says what good teaching looks like. Teachers show it in their own classrooms. Reviewers
          who have proved that they score as the experts do decide. What is earned can be checked by anyone,
          by a link, a file or a printed code.
        </p>
        <div class="actions">
          <ButtonLink href="/verify" icon="shield">
            Check a credential
          </ButtonLink>
          <ButtonLink href="/sign-in" kind="second" icon="mail">
            Sign in
          </ButtonLink>
        </div>
      </section>
      <div class="grid">
        <section class="card">
          <h2>For those who hire</h2>
          <p>
            Scan the code, open the link or upload the file. One sentence says whether it holds, and under it
            who issued it, what was shown, and how it was reviewed. No account.
          </p>
        </section>
        <section class="card">
          <h2>For teachers</h2>
          <p>
            Show what you do with your students, criterion by criterion. Learn from feedback, resubmit what
            was missed, and take your credential with you: it is yours, in open formats.
          </p>
        </section>
        <section class="card">
          <h2>For districts</h2>
          <p>
            Publish rubrics that never change under anybody’s feet, certify reviewers on exemplars, see how
            well they agree, and sign with keys of your own.
          </p>
        </section>
      </div>
    </>,
  );
}

/** For a member: what waits for them first, then the ways on that the member's roles open. */
export function memberStartPage(
  principal: Principal,
  waiting: {
    readonly stopped: readonly AchievementVersion[];
    readonly declared: DeclarationStanding | undefined;
  },
  done?: string,
): string {
  const { stopped, declared } = waiting;
  const rows = navigationFor(principal.member);
  return page(
    { title: 'Home', principal, path: '/', done },
    <>
      <PageHeading
        title={
          <>
            Welcome, <bdi>{principal.member.name}</bdi>
          </>
        }
        lead={
          <>
            <bdi>{principal.district.name}</bdi> · {principal.member.roles.map(roleWord).join(', ')}
          </>
        }
      />
      {stopped.length > 0 && <StoppedVersions stopped={stopped} timeZone={principal.district.timeZone} />}
      {declared !== undefined && (
        <DeclarationsMissing standing={declared} timeZone={principal.district.timeZone} />
      )}
      <div class="grid">
        {rows.map((row) => (
          <CardLink href={row.path} icon={row.icon} title={row.label}>
            {row.about}
          </CardLink>
        ))}
        <CardLink href="/verify" icon="shield" title="Check a credential">
          Whether a badge or certificate is genuine, whoever issued it.
        </CardLink>
      </div>
    </>,
  );
}
