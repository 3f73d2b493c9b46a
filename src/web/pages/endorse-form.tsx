import {
  endorse,
  endorsementFaults,
  type EndorsedThing,
  type Endorsement,
  type IssuingPorts,
} from '../../issuing/index.js';
import { AppError, plusSeconds, type FieldError, type Instant } from '../../kernel/index.js';
import {
  Actions,
  Button,
  Form,
  FormErrors,
  Section,
  Select,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { startOfDay } from '../day-in-zone.js';
import { textOf } from '../form-reply.js';
import type { Principal } from '../route.js';

const labels = {
  own: 'Something of your own',
  about: 'Or something else',
  comment: 'What is said',
  validUntil: 'Last day',
};

/** The form that endorses: something of one's own from a list, or anything on this service by its address. */
export function EndorseForm(props: {
  readonly form: FormState;
  readonly own: readonly EndorsedThing[];
  readonly timeZone: string;
}) {
  const { form, own, timeZone } = props;
  return (
    <Section title="Endorse something">
      <Form action="/endorsements">
        <FormErrors form={form} title="Nothing was endorsed" labels={labels} />
        <Select
          form={form}
          name="own"
          label={labels.own}
          hint="Published versions that you do not endorse yet, and your district as issuer. Your credentials carry it from then on."
          options={[
            { value: '', label: 'None of these' },
            ...own.map((thing) => ({ value: thing.id, label: optionOf(thing) })),
          ]}
        />
        <TextField
          form={form}
          name="about"
          label={labels.about}
          hint="The address of an achievement version or a credential on this service, or an issuer’s DID. Only where nothing is chosen above."
          width="full"
          optional
        />
        <TextArea
          form={form}
          name="comment"
          label={labels.comment}
          hint="Public and signed; in Markdown, at most 1,000 characters. Name no person."
          required
        />
        <TextField
          form={form}
          name="validUntil"
          type="date"
          label={labels.validUntil}
          hint={`It holds to the end of that day in ${timeZone}. Left empty, it holds until it is revoked.`}
          width="medium"
          optional
        />
        <Actions>
          <Button>Endorse it</Button>
        </Actions>
      </Form>
    </Section>
  );
}

function optionOf({ kind, name, number }: EndorsedThing): string {
  return kind === 'issuer' ? `${name}, as issuer` : `${name}, version ${number}`;
}

/**
 * Endorses what a form says.
 * @throws what `endorse` throws, and rule-violated naming every field at fault by what the form calls it.
 */
export async function endorseTyped(
  issuing: IssuingPorts,
  who: Principal,
  fields: { readonly [name: string]: unknown },
): Promise<Endorsement> {
  const [own, other, comment] = [textOf(fields, 'own'), textOf(fields, 'about'), textOf(fields, 'comment')];
  const end = endTyped(textOf(fields, 'validUntil'), who.district.timeZone);
  const choice = choiceFaults(own, other);
  const about = own === '' ? other : own;
  const named = (error: FieldError): FieldError =>
    error.pointer === '/about' && own !== '' ? { ...error, pointer: '/own' } : error;
  if (choice.length > 0 || end.faults.length > 0) {
    const others = await endorsementFaults(issuing, { about, comment });
    const errors = [
      ...choice,
      ...others.filter(({ pointer }) => choice.length === 0 || pointer !== '/about').map(named),
      ...end.faults,
    ];
    throw new AppError('rule-violated', errors[0]!.detail, { errors });
  }
  try {
    return await endorse(issuing, who.actor, { about, comment, validUntil: end.validUntil });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, { cause: error, errors: error.errors.map(named) });
  }
}

function choiceFaults(own: string, other: string): readonly FieldError[] {
  if (own === '' && other === '')
    return [{ pointer: '/own', detail: 'must be chosen, or the address of something else given below' }];
  if (own !== '' && other !== '')
    return [{ pointer: '/about', detail: 'must be empty while something of your own is chosen above' }];
  return [];
}

/** The last second of the day that was typed. */
function endTyped(
  day: string,
  timeZone: string,
): { readonly validUntil: Instant | null; readonly faults: readonly FieldError[] } {
  if (day === '') return { validUntil: null, faults: [] };
  try {
    return { validUntil: plusSeconds(startOfDay(day, timeZone, '/validUntil', 1), -1), faults: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { validUntil: null, faults: error.errors.slice(0, 1) };
  }
}
