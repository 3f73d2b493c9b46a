import type { AchievementVersion } from '../../achievements/index.js';
import { unreachable } from '../../kernel/index.js';
import type { District } from '../../tenancy/index.js';
import {
  Badge,
  DateText,
  Facts,
  Markdown,
  Notice,
  PageHeading,
  RubricTable,
  Section,
  StateBadge,
} from '../components/index.js';
import { page } from './layout.js';
import { webAddress } from './shown-credential.js';

/** What the public page of an achievement version is made from. */
export interface PublicAchievementView {
  readonly district: District;
  readonly version: AchievementVersion;
  /** The name of each component of a milestone, and its page, in order. */
  readonly components: readonly { readonly name: string; readonly href: string }[];
}

/** The public page of an achievement version, at the address that is its id in credentials. */
export function publicAchievementPage(view: PublicAchievementView): string {
  const { version, district } = view;
  const { content } = version;
  return page(
    {
      title: content.name,
      head: (
        <>
          <meta name="description" content={content.description.slice(0, 300)} />
          <meta property="og:type" content="website" />
          <meta property="og:site_name" content={district.name} />
          <meta property="og:title" content={content.name} />
          <meta property="og:description" content={content.description.slice(0, 300)} />
          <meta property="og:url" content={version.url} />
          <link rel="canonical" href={version.url} />
        </>
      ),
    },
    <article>
      <PageHeading
        title={
          <span lang={content.language} dir="auto">
            {content.name}
          </span>
        }
        lead={
          <span lang={content.language} dir="auto">
            {content.description}
          </span>
        }
      />
      {version.state === 'superseded' && (
        <Notice tone="info">
          <p>
            A newer version of this achievement exists. Credentials of this one stay as good as they were.
          </p>
        </Notice>
      )}
      {version.state === 'retired' && (
        <Notice tone="info">
          <p>This version is not awarded any more. Credentials of it stay as good as they were.</p>
        </Notice>
      )}
      <VersionFacts district={district} version={version} />
      <VersionContent version={version} components={view.components} />
      {content.assessment.by === 'review' && (
        <p>
          <a href={`${version.url}/quality`}>How well the reviewers of this version agree</a>, quarter by
          quarter.
        </p>
      )}
    </article>,
  );
}

function VersionFacts({
  district,
  version,
}: {
  readonly district: District;
  readonly version: AchievementVersion;
}) {
  const { content } = version;
  return (
    <Facts
      rows={[
        ['By', <bdi>{district.name}</bdi>],
        [
          'Version',
          <>
            {version.number} <StateBadge state={version.state} />
          </>,
        ],
        [
          'Published',
          version.publishedAt === null ? null : (
            <DateText instant={version.publishedAt} timeZone={district.timeZone} />
          ),
        ],
        ['Credit', content.creditHours === 0 ? null : `${content.creditHours} hours`],
        [
          'In force for',
          content.validForMonths === null ? 'No end' : `${content.validForMonths} months after the award`,
        ],
      ]}
    />
  );
}

/** Criteria, rubric, requirements and standards of a version: on its public page and inside. */
export function VersionContent(props: Pick<PublicAchievementView, 'version' | 'components'>) {
  const { version, components } = props;
  const { content } = version;
  return (
    <>
      <Section title="Criteria" id="criteria">
        <Markdown source={content.criteria} language={content.language} />
      </Section>
      <AssessmentSections version={version} components={components} />
      {content.alignments.length > 0 && (
        <Section title="Standards">
          <ul>
            {content.alignments.map((alignment) => (
              <li>
                {webAddress(alignment.targetUrl) === null ? (
                  alignment.targetName
                ) : (
                  <a href={alignment.targetUrl} rel="nofollow noopener">
                    {alignment.targetName}
                  </a>
                )}{' '}
                <span class="quiet">
                  {[alignment.targetCode, alignment.targetFramework]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
                {alignment.targetDescription !== null && <p class="quiet">{alignment.targetDescription}</p>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function AssessmentSections({ version, components }: Pick<PublicAchievementView, 'version' | 'components'>) {
  const { assessment, language } = version.content;
  switch (assessment.by) {
    case 'review':
      return (
        <>
          <Section title="Rubric" id="rubric">
            <p>{ruleSentence(assessment.rubric.rule)}</p>
            <RubricTable rubric={assessment.rubric} language={language} />
          </Section>
          <Section title="Evidence to hand in">
            <ul>
              {assessment.requirements.map((requirement) => (
                <li lang={language} dir="auto">
                  <strong>{requirement.name}</strong>{' '}
                  <span class="quiet" lang="en">
                    {amount(requirement.kind, requirement.min, requirement.max)}
                    {requirement.needsConsent && <> · with consents, where children are seen or heard</>}
                  </span>
                  {requirement.description !== '' && <p class="quiet">{requirement.description}</p>}
                  {requirement.serves !== undefined && (
                    <p class="quiet small">
                      <span lang="en">Shows: </span>
                      {assessment.rubric.criteria
                        .filter(({ id }) => requirement.serves!.includes(id))
                        .map(({ name }) => name)
                        .join(', ')}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        </>
      );
    case 'outside':
      return (
        <Section title="How it is assessed">
          <p>
            <Badge tone="warn" icon="info" word="Not reviewed here" />
          </p>
          <p lang={language} dir="auto">
            {assessment.how}
          </p>
        </Section>
      );
    case 'components':
      return (
        <Section title="A milestone: earned by holding">
          <ul>
            {components.map((component) => (
              <li>
                <a href={component.href}>{component.name}</a>
              </li>
            ))}
          </ul>
        </Section>
      );
    default:
      return unreachable(assessment);
  }
}

type Rule = Extract<AchievementVersion['content']['assessment'], { by: 'review' }>['rubric']['rule'];

/** The decision rule in a sentence. */
export function ruleSentence(rule: Rule): string {
  switch (rule.kind) {
    case 'conjunctive':
      return 'Met when every criterion is at or above its required level.';
    case 'conjunctive-with-allowances':
      return `Met when every criterion is at or above its required level, but for at most ${rule.allowances}, and those at most one level below.`;
    case 'compensatory':
      return `Met when the levels add up to ${rule.cut} or more and no criterion is below its floor.`;
    default:
      return unreachable(rule);
  }
}

function amount(kind: 'file' | 'text', min: number, max: number): string {
  const what = kind === 'file' ? (max === 1 ? 'file' : 'files') : 'words';
  if (min === 0) return `optional, up to ${max} ${what}`;
  return min === max ? `${min} ${what}` : `${min} to ${max} ${what}`;
}
