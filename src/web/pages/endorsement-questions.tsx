import {
  Actions,
  Button,
  Facts,
  Form,
  FormErrors,
  Markdown,
  Notice,
  PageHeading,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { By, Thing, type Named, type NamedCarried } from './endorsement-cells.js';
import { page } from './layout.js';

const above = [{ label: 'Endorsements', href: '/endorsements' }];

/** What carrying one no more does, before it is done. */
export function excludePage({ included, thing, carried }: NamedCarried, principal: Principal): string {
  const title = 'Carry this endorsement no more?';
  return page(
    { title, principal, path: '/endorsements', above, width: 'text' },
    <>
      <PageHeading title={title} />
      <div class="card">
        <Facts
          rows={[
            ['Of', <Thing id={included.about} kind={included.kind} thing={thing} />],
            ['By', <By included={included} carried={carried} />],
            [
              'What is said',
              carried === undefined ? null : (
                <Markdown source={carried.endorsement.comment} language={carried.by.language} />
              ),
            ],
          ]}
        />
      </div>
      <Notice tone="info">
        <p>
          Credentials issued from now on carry it no more, corrected ones too. Those that people have stay as
          they are. The endorsement itself stays in force, and can be carried again.
        </p>
      </Notice>
      <Form action={`/endorsements/included/${included.id}/exclude`}>
        <Actions>
          <Button>Carry it no more</Button>
          <a href="/endorsements">Leave it as it is</a>
        </Actions>
      </Form>
    </>,
  );
}

/** What revoking does, and why one does it. */
export function revokePage({ endorsement, thing }: Named, form: FormState, principal: Principal): string {
  const title = 'Revoke this endorsement?';
  return page(
    { title, principal, path: '/endorsements', above, width: 'text' },
    <>
      <PageHeading title={title} />
      <FormErrors form={form} labels={{ reason: 'Reason' }} />
      <div class="card">
        <Facts
          rows={[
            ['Of', <Thing id={endorsement.about} kind={endorsement.kind} thing={thing} />],
            [
              'What is said',
              <Markdown source={endorsement.comment} language={principal.district.language} />,
            ],
          ]}
        />
      </div>
      <Notice tone="warn">
        <p>
          From now on everybody who checks it reads “revoked”, with your reason. It cannot be undone.
          Credentials that carry it stay valid; those issued from now on carry it no more.
        </p>
      </Notice>
      <Form action={`/endorsements/${endorsement.id}/revoke`}>
        <TextArea
          form={form}
          name="reason"
          label="Reason"
          hint="Public: it stands on the endorsement’s page. Name no person. At most 500 characters."
          required
        />
        <Actions>
          <Button kind="danger">Revoke it for good</Button>
          <a href="/endorsements">Leave it as it is</a>
        </Actions>
      </Form>
    </>,
  );
}
