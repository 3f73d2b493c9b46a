import type { District } from '../../tenancy/index.js';
import { quotedName } from '../../verification/index.js';
import { Facts, PageHeading, Section } from '../components/index.js';
import { page } from './layout.js';

/** A kept review quality statement for people: what its JSON says, in words. */
export function qualityStatementPage(view: {
  readonly district: District;
  readonly sentence: string;
  /** The parsed text of the statement. */
  readonly statement: { readonly [member: string]: unknown };
  readonly path: string;
}): string {
  const { district, sentence, statement, path } = view;
  const award = objectOf(statement['thisAward']);
  const pool = objectOf(statement['pool']);
  const record = objectOf(statement['auditRecord']);
  const head = objectOf(record['headBefore']);
  const window = Array.isArray(pool['window']) ? pool['window'].map((one) => String(one).slice(0, 10)) : [];
  return page(
    { title: 'Review quality statement', width: 'text', head: <meta name="robots" content="noindex" /> },
    <>
      <PageHeading title="Review quality statement" lead={<>Kept by {quotedName(district.name)}.</>} />
      <p>{sentence}</p>
      <Section title="This decision">
        <Facts
          rows={[
            ['Independent reviews', String(award['independentReviews'])],
            ['Adjudicated', award['adjudicated'] === true ? 'yes, by a senior reviewer' : 'no'],
            [
              'Reviewers',
              award['foundingPanel'] === true
                ? 'the founding panel, certified by keying'
                : 'certified at signing',
            ],
            ['Standing from before', carriedRows(award['carriedOver'])],
            ['Rubric version', String(statement['rubricVersion'])],
            ['Review pool', pool['spansDistricts'] === true ? 'reviewers of more than one district' : null],
          ]}
        />
      </Section>
      <Section title="In the audit record">
        <Facts
          rows={[
            ['Entry of the decision', <code>{String(record['entry'])}</code>],
            [
              'Newest signed head then',
              head['hash'] === undefined ? (
                `none: ${String(head['reason'])}`
              ) : (
                <>
                  of entry {String(head['seq'])}, signed {String(head['time'])}
                </>
              ),
            ],
          ]}
        />
        <p class="quiet">
          Every <a href={String(record['heads'])}>head</a> signed later covers this decision: whoever keeps
          one finds every later change of it.
        </p>
      </Section>
      <Section title="All reviewers of this version">
        {pool['figures'] === undefined ? (
          <Facts
            rows={[
              ['From, to', window.join(' to ')],
              ['Reviewers, ratings', `${String(pool['reviewers'])}, ${String(pool['ratings'])}`],
              ['Exactly alike', figure(pool['exact'])],
              ['Weighted kappa, pairs both ways', figure(pool['quadraticWeightedKappa'])],
              ['Decisions right on seeds', figure(pool['seedDecisionAccuracy'])],
              ['Share rated by two', figure(pool['doubleRatedShare'])],
            ]}
          />
        ) : (
          <p>
            There are {String(pool['figures'])} to tell how well reviewers agree ({window.join(' to ')}).
          </p>
        )}
        <p class="quiet">Figures of all reviewers together, not the chance that this decision is right.</p>
        <p>
          <a href={`${path}.json`}>The bytes that credentials pin</a> · <a href={`${path}.jwt`}>signed</a>
        </p>
      </Section>
    </>,
  );
}

/** Which criteria stand from an earlier decision, and how that was reviewed; null when none does. */
function carriedRows(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value
    .map((one) => {
      const { criteria, decided, independentReviews, adjudicated } = objectOf(one);
      const which = Array.isArray(criteria) ? criteria.map(String).join(', ') : '';
      const settled = adjudicated === true ? ', adjudicated' : '';
      return `${which}: decided on ${String(decided)} by ${String(independentReviews)} independent reviews${settled}, evidence unchanged`;
    })
    .join('; ');
}

function figure(value: unknown): string {
  const { value: said, interval, n, reason } = objectOf(value) as { [member: string]: unknown };
  if (said === 'undefined') return `undefined: ${String(reason).replaceAll('-', ' ')}`;
  const between = Array.isArray(interval) ? ` [${interval.map(String).join(' to ')}]` : '';
  return `${String(said)}${between}, of ${String(n)}`;
}

function objectOf(value: unknown): { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [member: string]: unknown }) : {};
}
