/*
 * What the rating page gains with scripts on: what is written is kept while it is written, keys, and places in a video
 * at the second that is shown. The page is whole without it. All words stand in the page; this file shows and hides them.
 */
(() => {
  const form = document.querySelector('form[data-keeps]');
  if (form === null) return;
  const quietSeconds = 1.5;
  const page = new URL(form.action);

  // Keeping ------------------------------------------------------------------------------------------------
  /** What stands in the form, with what is to be done with it. */
  const written = (act) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.set('act', act);
    return body;
  };
  let kept = written('save').toString();
  let timer;
  let underWay;
  let leaving = false;

  const isChanged = () => written('save').toString() !== kept;

  /** Shows the one of the words that is so. */
  const say = (state) => {
    form.dataset.keeps = state;
    for (const words of document.querySelectorAll('[data-when]')) words.hidden = words.dataset.when !== state;
  };

  /** Sends what is written, as the button “Save draft” does, and reads from the page that comes back what came of it. */
  async function send(options) {
    const body = written('save');
    let answer;
    try {
      answer = await fetch(page, { method: 'POST', body, credentials: 'same-origin', ...options });
    } catch {
      return 'unreached';
    }
    if (answer.status === 401 || new URL(answer.url).pathname === '/sign-in') return 'signed-out';
    if (answer.status >= 500 || answer.status === 429) return 'unreached';
    const there = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const theirs = there.querySelector('form[data-keeps]');
    if (theirs === null) return 'gone';
    if (answer.status === 409) return 'elsewhere';
    if (!answer.ok) {
      // Each fault leads to its field, which is on this page too.
      const faults = there.querySelector('[role=alert] ul');
      document.querySelector('[data-faults]').replaceChildren(...(faults === null ? [] : [faults]));
      return 'refused';
    }
    // `draft` is the number of what is kept, by which another window's is told from this one's.
    form.elements.draft.value = theirs.elements.draft.value;
    body.set('draft', theirs.elements.draft.value);
    kept = body.toString();
    const [here, now] = [document, there].map((whole) => whole.querySelector('[data-when="kept"]'));
    here.replaceChildren(...now.childNodes);
    return 'kept';
  }

  /** Keeps what is written; one at a time, so that this window is never in its own way. */
  async function keep(options = {}) {
    clearTimeout(timer);
    while (underWay !== undefined) await underWay;
    underWay = send(options);
    const state = await underWay;
    underWay = undefined;
    say(state === 'kept' && isChanged() ? 'changed' : state);
    if (state === 'kept' && isChanged()) keepSoon();
    if (state === 'unreached') timer = setTimeout(keep, 15_000);
    return state;
  }

  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, quietSeconds * 1000);
  };

  /** States in which trying again by oneself can do no good. */
  const isEnded = () => ['elsewhere', 'gone'].includes(form.dataset.keeps);

  const count = () => {
    const rated = new Set([...form.querySelectorAll('input[type=radio]:checked')].map(({ name }) => name));
    const shown = document.querySelector('[data-rated]');
    if (shown !== null) shown.textContent = String(rated.size);
  };

  const changed = () => {
    count();
    if (isEnded()) return;
    if (!isChanged()) {
      // As it is kept, by taking back what was written since.
      clearTimeout(timer);
      say('kept');
      return;
    }
    // What went wrong stays in sight until it is known to be better: somebody may be on the way to a link in it.
    if (form.dataset.keeps === 'kept') say('changed');
    keepSoon();
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && isChanged() && !leaving && !isEnded())
      keep({ keepalive: true });
    // Back from signing in elsewhere, perhaps.
    else if (document.visibilityState === 'visible' && form.dataset.keeps === 'signed-out') keep();
  });
  window.addEventListener('focus', () => {
    if (form.dataset.keeps === 'signed-out') keep();
  });
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && isChanged()) event.preventDefault();
  });

  // A button sends the form as ever, once what is written is kept: when that fails, the page stays with all that is in it.
  form.addEventListener('submit', async (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === 'add') {
      addPlace(button.closest('[data-criterion]')).querySelector('select').focus();
      return;
    }
    const state = await keep();
    if (state === 'signed-out' || state === 'unreached') {
      document.querySelector(`[data-when="${state}"][tabindex]`)?.focus();
      return;
    }
    leaving = true;
    form.requestSubmit(button);
  });
  window.addEventListener('pageshow', () => {
    leaving = false;
  });

  // Criteria and places ------------------------------------------------------------------------------------
  const criteria = [...form.querySelectorAll('[data-criterion]')];
  let current = criteria[0];
  form.addEventListener('focusin', ({ target }) => {
    current = target.closest('[data-criterion]') ?? current;
  });
  const radiosOf = (criterion) => [...criterion.querySelectorAll('input[type=radio]')];

  /** Goes to a criterion: to its chosen level, or its first. */
  const goTo = (criterion) => {
    current = criterion;
    const radios = radiosOf(criterion);
    criterion.scrollIntoView({ block: 'start' });
    (radios.find(({ checked }) => checked) ?? radios[0]).focus({ preventScroll: true });
  };

  /** One more place, empty, as the server would show it. */
  const addPlace = (criterion) => {
    const rows = [...criterion.querySelectorAll('.pointer')];
    const last = rows.at(-1);
    const [from, to] = [rows.length - 1, rows.length];
    const copy = last.cloneNode(true);
    for (const element of copy.querySelectorAll('*')) {
      for (const { name, value } of [...element.attributes]) {
        const text = value
          .replaceAll(`pointers/${from}/`, `pointers/${to}/`)
          .replaceAll(`pointers-${from}-`, `pointers-${to}-`);
        if (text !== value) element.setAttribute(name, text);
      }
    }
    for (const field of copy.querySelectorAll('input, select')) field.value = '';
    for (const button of copy.querySelectorAll('button')) button.remove();
    copy.querySelector('legend').textContent = copy
      .querySelector('legend')
      .textContent.replace(/\d+$/, to + 1);
    last.after(copy);
    return copy;
  };

  /** `1:23` */
  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, '0');
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };

  /** Points from the current criterion at a place of the evidence, and goes to the note on it. */
  const pointAt = (place, second) => {
    const rows = [...current.querySelectorAll('.pointer')];
    const isEmpty = (row) => [...row.querySelectorAll('input, select')].every(({ value }) => value === '');
    const row = rows.find(isEmpty) ?? addPlace(current);
    row.querySelector('select').value = place;
    if (second !== undefined) row.querySelector('[name$="/second"]').value = clock(second);
    const note = row.querySelector('[name$="/note"]');
    note.scrollIntoView({ block: 'center' });
    note.focus({ preventScroll: true });
    changed();
  };

  const videos = [...document.querySelectorAll('video[data-place]')];
  let video = videos[0];
  for (const each of videos) {
    for (const happening of ['play', 'seeking', 'focus']) {
      each.addEventListener(happening, () => {
        video = each;
      });
    }
  }
  for (const button of document.querySelectorAll('[data-points]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = videos.find(({ dataset }) => dataset.place === button.dataset.points);
      pointAt(button.dataset.points, shown?.currentTime);
    });
  }

  // Keys ---------------------------------------------------------------------------------------------------
  const help = document.querySelector('[data-keys]');
  const uses = help.querySelector('input');
  help.hidden = false;
  const remembered = 'touchstone-rating-keys';
  uses.checked = localStorage.getItem(remembered) !== 'off';
  uses.addEventListener('change', () => localStorage.setItem(remembered, uses.checked ? 'on' : 'off'));

  const step = (by) =>
    goTo(criteria[Math.min(criteria.length - 1, Math.max(0, criteria.indexOf(current) + by))]);
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    c: () => video !== undefined && pointAt(video.dataset.place, video.currentTime),
    '?': () => {
      help.open = true;
      help.querySelector('summary').focus();
    },
  };
  document.addEventListener('keydown', (event) => {
    if (!uses.checked || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== 'Enter' || !form.contains(event.target)) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value=commit]'));
      return;
    }
    const { target } = event;
    const types = target.closest('textarea, select, input:not([type=radio], [type=checkbox])') !== null;
    if (types) return;
    const radio = /^[1-9]$/.test(event.key) ? radiosOf(current)[Number(event.key) - 1] : undefined;
    const action =
      radio === undefined ? actions[event.key.toLowerCase()] : () => (radio.focus(), radio.click());
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
})();
