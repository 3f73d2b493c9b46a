import type { CollectionSpec, Stored } from '../../src/kernel/index.js';

export interface Slot extends Stored {
  readonly slot: number;
  readonly owner: string;
}

/** What the processes of `allocate-slots.ts` take from. */
export const slots: CollectionSpec<Slot> = {
  name: 'slots',
  scope: 'district',
  unique: [{ name: 'bySlot', fields: ['slot'] }],
  indexes: [{ name: 'inOrder', equality: [], order: 'slot' }],
  removable: true,
};
