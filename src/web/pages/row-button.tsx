import { Button } from '../components/index.js';

/** A button of the form that changes its rows: everything typed is sent along and shown again. */
export function RowButton(props: {
  readonly act: string;
  readonly icon: 'plus' | 'trash';
  readonly children: string;
}) {
  return (
    <Button kind="second" small icon={props.icon} name="do" value={props.act}>
      {props.children}
    </Button>
  );
}
