import { minutesOf, mostMinutes, setMinutes } from '../../review/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

/** A reviewer's own time: what the dates that teachers are told are made from. */
export function reviewerTimePages({ review }: Pick<Rooms, 'review'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'review.rate',
    path: '/review-time',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'reviewTimePage',
      method: 'GET',
      summary: 'How many minutes a week you have for reviews',
      handler: async (request) => {
        const principal = principalOf(request);
        const { district, member } = principal.actor;
        const minutesPerWeek = await minutesOf(review, district, member);
        return { status: 200, html: reviewTimePage(freshForm({ minutesPerWeek }), principal) };
      },
    },
    {
      ...common,
      operationId: 'setReviewTimeOnPage',
      method: 'POST',
      summary: 'Say how many minutes a week you have for reviews',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const typed = textOf(fields, 'minutesPerWeek');
        return formReply(
          fields,
          async () => {
            await setMinutes(review, principal.actor, /^\d+$/.test(typed) ? Number(typed) : NaN);
            return seeOtherDone('/reviews', 'review-time-set');
          },
          (form) => reviewTimePage(form, principal),
        );
      },
    },
  ];
}

/** The page. */
export function reviewTimePage(form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Your time for reviews',
      principal,
      path: '/reviews',
      width: 'text',
      above: [{ label: 'Reviews', href: '/reviews' }],
    },
    <>
      <PageHeading
        title="Your time for reviews"
        lead="Teachers are told between which days their decision is to be expected. The days are made from what reviewers say here."
      />
      <FormErrors form={form} labels={{ minutesPerWeek: 'Minutes a week' }} />
      <Form action="/review-time">
        <TextField
          form={form}
          name="minutesPerWeek"
          label="Minutes a week"
          type="number"
          width="short"
          min={0}
          max={mostMinutes}
          step={1}
          required
          hint={`Whole minutes, from 0 to ${mostMinutes}. With 0 nothing new is drawn for you; what is open stays open.`}
        />
        <Actions>
          <Button>Save</Button>
          <ButtonLink href="/reviews" kind="second">
            Back
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
