/** Our own icons: 24 units square, drawn with one stroke in the colour of the text around them. */
const drawings = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  'check-circle': 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM8 12.3l2.8 2.7L16 9.5',
  cross: 'M6 6l12 12M18 6L6 18',
  'cross-circle': 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6',
  warning: 'M12 4L2.5 20h19zM12 10v4.5M12 17v.5',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.5',
  question:
    'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.400-1 .9-1 1.7M12 16.5v.5',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5.2l3.5 2',
  pause: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM10 9v6M14 9v6',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8',
  dash: 'M6 12h12',
  pencil: 'M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5z',
  scales: 'M12 4v16M7 20h10M4.5 7h15M4.5 7L2 13.5a2.7 2.7 0 0 0 5 0zM19.5 7L17 13.5a2.7 2.7 0 0 0 5 0z',
  shield: 'M12 3l7.5 2.5V11c0 5-3.2 8.3-7.5 10c-4.3-1.7-7.5-5-7.5-10V5.5zM8.5 11.8l2.5 2.5l4.5-4.8',
  award: 'M12 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM8.5 13.5L7 21l5-2.5L17 21l-1.5-7.5',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7zM2.5 20c0-3.5 2.9-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.9c2.2.700 3.5 2.4 3.5 5.1',
  key: 'M7.5 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM12 12h9.5M17.5 12v3.5M21.5 12v2.5',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6',
  upload: 'M12 16V4.5M7 9l5-5l5 5M4 15.5V20h16v-4.5',
  download: 'M12 4v11.5M7 11l5 5l5-5M4 15.5V20h16v-4.5',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6L11.5 7M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5',
  plus: 'M12 5v14M5 12h14',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  lock: 'M6 11h12v10H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2',
  mail: 'M3 6h18v12H3zM3.5 6.5L12 13l8.5-6.5',
  book: 'M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.500 8.5 2c2-1.5 5-2 8.5-2v-14C17 4.5 14 5 12 6.5zM12 6.5v14',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5',
  video: 'M3 6h12v12H3zM15 10.5l6-3.5v10l-6-3.5',
  print: 'M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z',
  home: 'M3 11.5L12 4l9 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6',
  flag: 'M5 21V4h12l-2 4l2 4H5',
  next: 'M9 5l7 7l-7 7',
} as const;

export type IconName = keyof typeof drawings;

/** An icon beside a word that says the same: hidden from screen readers. Give `label` where it stands alone. */
export function Icon({ name, label }: { readonly name: IconName; readonly label?: string }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label })}
    >
      <path d={drawings[name]} />
    </svg>
  );
}

/** The mark: a dark stone with a streak of gold, as an assayer draws it. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M9.5 3h12.2a4 4 0 0 1 3.6 2.3l3.3 7.2a5 5 0 0 1 .1 4l-4.6 10.9A2.6 2.6 0 0 1 21.7 29H8.6a4 4 0 0 1-3.9-3L2.6 18.2a5 5 0 0 1 .1-3L5.7 5.7A4 4 0 0 1 9.5 3z"
        fill="#1d2b3a"
        stroke="#dcab52"
        stroke-width="1.5"
      />
      <path
        d="M8.5 20.5C12 19 18.5 14.5 23.5 9.5"
        fill="none"
        stroke="#dcab52"
        stroke-width="3.6"
        stroke-linecap="round"
      />
      <path
        d="M12.5 23.6c2.6-1.2 5.6-3.3 7.8-5.3"
        fill="none"
        stroke="#f4d79c"
        stroke-width="1.8"
        stroke-linecap="round"
      />
    </svg>
  );
}
