'use strict';

const TASKS = 'api/v1/tasks';
const EVERY = 2000;
const KEPT = 150;
const history = new Map();
const known = new Map();
const statuses = new Map();
const happened = [];
let lastEvent = 'none';
let again = () => {};
let token = sessionStorage.getItem('token') || '';
let chosen = null;

const $ = (selector, within = document) => within.querySelector(selector);

function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

const credentials = () => token ? {Authorization: 'Bearer ' + token} : {};

async function ask(method, path, body) {
  const headers = credentials();
  const reply = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
  const answer = reply.status === 204 ? null : await reply.json();
  $('#login').hidden = reply.status !== 401;
  if (!reply.ok) throw new Error(answer.detail || reply.statusText);
  return answer;
}

const seconds = (value) =>
  value === undefined ? '?' : value < 60 ? value.toFixed(1) + ' s'
    : value < 3600 ? (value / 60).toFixed(1) + ' min' : (value / 3600).toFixed(1) + ' h';
const count = (value) => Math.round(value || 0).toLocaleString();
const bytes = (value) => value < 1024 ? value + ' B'
  : value < 1 << 20 ? (value / 1024).toFixed(1) + ' KiB'
  : value < 1 << 30 ? (value / (1 << 20)).toFixed(1) + ' MiB' : (value / (1 << 30)).toFixed(1) + ' GiB';
const time = (text) => text ? new Date(text).toLocaleString() : '–';

function remember(task) {
  const lags = history.get(task.id) || [];
  if (task.lagSeconds === undefined) return;
  lags.push(task.lagSeconds);
  if (lags.length > KEPT) lags.shift();
  history.set(task.id, lags);
}

function draw(svg, seen, width, height) {
  if (!seen.length) return svg.replaceChildren();
  const lags = seen.length === 1 ? [seen[0], seen[0]] : seen;
  const most = Math.max(1, ...lags);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  const points = lags.map((lag, i) => {
    const x = width - (lags.length - 1 - i) * width / (KEPT - 1);
    return x.toFixed(1) + ',' + (height - 3 - lag / most * (height - 6)).toFixed(1);
  });
  line.setAttribute('points', points.join(' '));
  svg.replaceChildren(line);
}

function spark(id) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 150 26');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'spark');
  svg.setAttribute('aria-hidden', 'true');
  draw(svg, history.get(id) || [], 150, 26);
  return svg;
}

const ORDERS = {
  pause: {states: ['STARTING', 'RUNNING', 'RETRYING'], label: 'Pause',
    sure: 'Meanwhile the source retains all new messages for the task, which uses disk space there.'},
  resume: {states: ['PAUSED', 'FAILED'], label: 'Resume'},
  resync: {states: ['RUNNING', 'RETRYING', 'PAUSED', 'FAILED'], label: 'Resync', body: {include: ['*']},
    sure: 'The target drops all collections of the task, and gets all rows again that the source has stored.'},
  promote: {states: ['STARTING', 'RUNNING', 'RETRYING', 'PAUSED', 'FAILED', 'PROMOTING'], label: 'Promote',
    sure: 'Fails over: the task stops at a consistent cut, and its target accepts client writes from then on.'},
  demote: {states: ['PROMOTING', 'PROMOTED'], label: 'Demote',
    sure: 'Turns the target into a standby again. Client writes on the target since its promotion stay there.'},
  delete: {states: null, label: 'Delete',
    sure: 'Removes the task, its checkpoint and its subscriptions on the source. The data on the target stays.'},
};

async function order(word, id) {
  if (ORDERS[word].sure && !await sure(ORDERS[word].label + ' ' + id + '?', ORDERS[word].sure, ORDERS[word].label)) return;
  try {
    const path = TASKS + '/' + encodeURIComponent(id);
    const answer = word === 'delete' ? await ask('DELETE', path) : await ask('POST', path + '/' + word, ORDERS[word].body);
    if (word === 'promote') {
      await sure('Promoted', 'The target is as the source was at ' + time(answer.sourceTime) + ', and accepts writes.', 'Good');
    }
    if (word === 'delete' && chosen === id) chosen = null;
    trouble('');
  } catch (failure) {
    trouble(failure.message);
  }
  refresh();
}

function sure(title, text, label) {
  const dialog = $('#sure');
  $('#sure-title').textContent = title;
  $('#sure-text').textContent = text;
  $('button.danger', dialog).textContent = label;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener('close', () => done(dialog.returnValue === 'ok'), {once: true}));
}

function trouble(text) {
  $('#trouble').textContent = text;
  $('#trouble').hidden = !text;
}

function targetOf(target) {
  if (typeof target === 'string') return target;
  return (target.uri || target.kafka || target.pulsar) + (target.topic ? ', topic ' + target.topic : '');
}

function row(task) {
  const line = element('tr');
  line.dataset.id = task.id;
  const name = element('td');
  const open = element('button', task.id, 'link');
  open.type = 'button';
  open.addEventListener('click', () => { chosen = task.id; show(); });
  name.append(open);
  const state = element('td');
  const badge = element('span', task.state, 'state ' + task.state);
  badge.title = task.reason;
  state.append(badge);
  const chart = element('td');
  chart.append(spark(task.id));
  const orders = element('td', '', 'orders');
  for (const [word, {states, label}] of Object.entries(ORDERS)) {
    if (states && !states.includes(task.state)) continue;
    const button = element('button', label);
    button.type = 'button';
    button.setAttribute('aria-label', label + ' ' + task.id);
    button.addEventListener('click', () => order(word, task.id));
    orders.append(button);
  }
  line.append(name, state,
    element('td', targetOf(task.target)),
    element('td', seconds(task.lagSeconds), 'number'), chart,
    element('td', count(task.rowsPerSecond), 'number'), orders);
  return line;
}

async function all() {
  const tasks = [];
  let next = null;
  do {
    const page = await ask('GET', TASKS + '?limit=1000' + (next ? '&after=' + encodeURIComponent(next) : ''));
    tasks.push(...page.tasks);
    next = page.next;
  } while (next);
  return tasks;
}

const WORDS = {
  state: (e) => e.from + ' → ' + e.to + (e.cause ? ': ' + e.cause : ''),
  schema: (e) => e.change + ' ' + [e.database, e.collection, e.partition, e.alias].filter(Boolean).join('.'),
  served: (e) => 'indexes and load of ' + e.database + '.' + e.collection,
  access: (e) => e.kind.toLowerCase().replace('_', ' ') + ' ' + e.name,
  deadLetter: (e) => 'set aside, ' + e.collection + ' at ' + e.channel + ' ' + e.position + ': ' + e.why,
  limitation: (e) => e.why,
};

function events() {
  const its = happened.filter((event) => event.data.task === chosen).slice(-12).reverse();
  $('#events').hidden = its.length === 0;
  $('#events tbody').replaceChildren(...its.map((event) => {
    const line = element('tr');
    line.append(element('td', new Date(event.data.at).toLocaleTimeString()), element('td', WORDS[event.name](event.data)));
    return line;
  }));
}

function detail() {
  const status = statuses.get(chosen);
  $('#detail').hidden = !status;
  if (!status) return;
  $('#detail-title').textContent = status.id + ': ' + status.state.toLowerCase() + (status.since ? ' since ' + time(status.since) : '');
  $('#reason').textContent = status.reason;
  $('#reason').hidden = !status.reason;
  const kept = status.retention;
  const said = [...(status.notes || []), ...(status.limitations || []), ...(kept && kept.advice ? [kept.advice] : [])];
  $('#limitations').replaceChildren(...said.map((one) => element('li', one)));
  $('#limitations').hidden = !said.length;
  const lags = history.get(chosen) || [];
  draw($('#chart'), lags, 600, 120);
  $('#chart-caption').textContent = !lags.length ? 'The lag is not known before the task has reached its target' : 'Lag over the last ' + seconds(lags.length * EVERY / 1000) + ', at most ' + seconds(Math.max(...lags));
  const counters = status.counters || {};
  const facts = {
    'As the source was at': time(status.watermarkTime), 'Lag': seconds(status.lagSeconds),
    'Rows per second': count(counters.rowsPerSecond), 'Inserted': count(counters.inserted),
    'Deleted': count(counters.deleted), 'Sent': bytes(counters.bytes || 0),
    'Catalog changes': count(counters.schemaChanges), 'Reconnections': count(counters.retries),
  };
  if (kept) facts['Held back on the source'] = kept.pinned ? bytes(kept.bytes) + (kept.limitBytes ? ' of ' + bytes(kept.limitBytes) : '') : 'nothing';
  if (kept && kept.limitReachedAt) facts['Limit reached at'] = time(kept.limitReachedAt);
  if (kept && kept.expiresAt) facts['Retained on the source until'] = time(kept.expiresAt);
  const copy = status.existing;
  if (copy) {
    const waiting = Object.keys(copy.waitingFor);
    facts['Existing rows'] = copy.phase.toLowerCase() + (waiting.length ? ' for ' + waiting.slice(0, 3).join(', ') + (waiting.length > 3 ? ' and ' + (waiting.length - 3) + ' more' : '') : '');
    facts['Existing rows sent'] = count(copy.rows) + ', ' + bytes(copy.bytes);
    if (copy.phase === 'COPYING') facts['Existing rows left'] = 'about ' + count(copy.rowsLeft) + (copy.secondsLeft === undefined ? '' : ', ' + seconds(copy.secondsLeft));
  }
  if (status.retry) facts['Next attempt'] = time(status.retry.next);
  $('#facts').replaceChildren(...Object.entries(facts).map(([name, value]) => {
    const pair = element('div');
    pair.append(element('dt', name), element('dd', value));
    return pair;
  }));
  $('#channels tbody').replaceChildren(...(status.channels || []).map((channel) => {
    const line = element('tr');
    line.append(element('td', channel.channel), element('td', channel.live ? time(channel.tickTime) : 'carries nothing'),
      element('td', channel.live ? seconds(channel.lagSeconds) : '', 'number'),
      element('td', bytes(channel.bufferedBytes), 'number'));
    return line;
  }));
}

function show() {
  const focused = document.activeElement && document.activeElement.getAttribute('aria-label');
  $('#tasks tbody').replaceChildren(...[...known.values()].map(row));
  if (focused) document.querySelectorAll('#tasks button').forEach((b) => b.getAttribute('aria-label') === focused && b.focus());
  $('#none').hidden = known.size > 0;
  $('#tasks').hidden = known.size === 0;
  const bad = [...known.values()].filter((task) => task.state === 'FAILED').length;
  $('#summary').textContent = known.size + (known.size === 1 ? ' task' : ' tasks') + (bad ? ', ' + bad + ' failed' : '');
  detail();
  events();
}

async function refresh() {
  try {
    const tasks = await all();
    known.clear();
    tasks.forEach((task) => { known.set(task.id, task); if (!history.has(task.id)) remember(task); });
    show();
  } catch (failure) {
    $('#summary').textContent = failure.message;
  }
}

function progress(status) {
  statuses.set(status.id, status);
  const task = known.get(status.id);
  if (!task) return refresh();
  const before = task.state;
  task.state = status.state;
  task.reason = status.reason;
  task.lagSeconds = status.lagSeconds;
  task.rowsPerSecond = status.counters && status.counters.rowsPerSecond;
  if (before !== task.state || status.id === chosen) show();
}

function hear(text) {
  const fields = Object.fromEntries(text.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]));
  if (!fields.event) return;
  const data = JSON.parse(fields.data);
  if (fields.id) lastEvent = fields.id;
  if (fields.event === 'progress') {
    progress(data);
  } else {
    if (WORDS[fields.event]) happened.push({name: fields.event, data});
    if (happened.length > 500) happened.shift();
    if (fields.event === 'deleted') statuses.delete(data.task);
    if (['state', 'deleted', 'missed'].includes(fields.event)) refresh();
    else events();
  }
}

/** Not an EventSource: that cannot send a token. */
async function listen() {
  for (;;) {
    try {
      const reply = await fetch('api/v1/events', {headers: {...credentials(), 'Last-Event-ID': lastEvent}});
      $('#login').hidden = reply.status !== 401;
      if (!reply.ok) throw new Error((await reply.json()).detail);
      await refresh();
      const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const said = (rest + part.value).split('\n\n');
        rest = said.pop();
        said.forEach(hear);
      }
      throw new Error('The server has ended.');
    } catch (failure) {
      $('#summary').textContent = failure.message;
    }
    await new Promise((done) => { again = done; setTimeout(done, EVERY); });
  }
}

$('#login').addEventListener('submit', (event) => {
  event.preventDefault();
  token = new FormData(event.target).get('token');
  sessionStorage.setItem('token', token);
  event.target.reset();
  again();
});
$('#close').addEventListener('click', () => { chosen = null; show(); });
$('#metrics').addEventListener('click', async (event) => {
  event.preventDefault();
  const reply = await fetch('metrics', {headers: credentials()});
  location.href = URL.createObjectURL(await reply.blob());
});
$('#new').addEventListener('click', () => $('#create').showModal());
$('#create form').addEventListener('submit', async (event) => {
  if (event.submitter && event.submitter.value === 'cancel') return;
  event.preventDefault();
  const form = event.target;
  const said = Object.fromEntries(new FormData(form));
  const names = (text) => text.split(',').map((name) => name.trim()).filter(Boolean);
  const address = said.target.includes('://');
  const task = {id: said.id, startFrom: said.startFrom,
    target: address ? (said.token ? {uri: said.target, token: said.token} : {uri: said.target}) : said.target};
  if (names(said.include).length) task.include = names(said.include);
  if (names(said.exclude).length) task.exclude = names(said.exclude);
  const problem = $('.trouble', form);
  try {
    await ask('POST', TASKS, task);
    problem.hidden = true;
    form.reset();
    $('#create').close();
    refresh();
  } catch (failure) {
    problem.textContent = failure.message;
    problem.hidden = false;
  }
});

listen();
setInterval(() => { known.forEach(remember); if (known.size) show(); }, EVERY);
