import type {
  CarriedEndorsement,
  EndorsedKind,
  EndorsedThing,
  Endorsement,
  IncludedEndorsement,
} from '../../issuing/index.js';
import { webAddress } from './shown-credential.js';

/** An endorsement that the district made, and what people call the thing; undefined where nothing of that is public any more. */
export interface Named {
  readonly endorsement: Endorsement;
  readonly thing: EndorsedThing | undefined;
}

/** One that its credentials carry. */
export interface NamedCarried {
  readonly included: IncludedEndorsement;
  readonly thing: EndorsedThing | undefined;
  readonly carried: CarriedEndorsement | undefined;
}

/** What is said in place of a name where there is none. */
const unnamed: Readonly<Record<EndorsedKind, string>> = {
  achievement: 'An achievement that is not shown any more',
  credential: 'A credential that is not shown any more',
  issuer: 'An issuer that is not here any more',
};

/** What is endorsed: its name and whose it is, then its address. */
export function Thing(props: {
  readonly id: string;
  readonly kind: EndorsedKind;
  readonly thing: EndorsedThing | undefined;
}) {
  const { id, kind, thing } = props;
  const address = webAddress(id);
  return (
    <>
      <div>
        {thing === undefined ? unnamed[kind] : <bdi>{thing.name}</bdi>}
        {thing !== undefined && thing.number !== null && <>, version {thing.number}</>}
      </div>
      {thing !== undefined && kind !== 'issuer' && (
        <div class="address">
          {kind === 'credential' ? 'a credential of' : 'of'} <bdi>{thing.districtName}</bdi>
        </div>
      )}
      {kind === 'issuer' && <div class="address">as issuer</div>}
      <div class="address">{address === null ? id : <a href={address}>{id}</a>}</div>
    </>
  );
}

/** Who endorses: the name, then the endorsement's address. */
export function By({ included, carried }: Pick<NamedCarried, 'included' | 'carried'>) {
  return (
    <>
      {carried !== undefined && (
        <div>
          <bdi>{carried.by.name}</bdi>
        </div>
      )}
      <div class="address">
        <a href={included.endorsement}>{included.endorsement}</a>
      </div>
    </>
  );
}
