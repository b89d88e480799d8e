import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Zone } from '../../player/common/zone.ts';
import { draftOf, mailOf } from '../../player/desk/notices/drafts.ts';
import type { Happening } from '../../player/desk/notices/notices_api.ts';
import { emptyItem, moved } from '../../player/desk/sessions/programme.ts';
import { whenInWords } from '../../player/desk/sessions/session_words.ts';
import type { SessionFields, When } from '../../player/desk/sessions/sessions_api.ts';
import { openPage } from './page_data.ts';

openPage();

const zone = new Zone('Asia/Tokyo');
const now = Date.parse('2021-10-25T00:00:00Z');
const unknown: When = { first_day: null, last_day: null, reception: null, start: null, end: null, label: '' };

test('an item is moved among the others, and no farther than they go', () => {
  const items = ['a', 'b', 'c'].map((id) => ({ ...emptyItem(), id }));
  const order = (from: number, to: number) => moved(items, from, to).map(({ id }) => id).join('');
  assert.deepEqual([order(0, 1), order(0, 2), order(2, 0), order(1, 1), order(0, -1), order(2, 3), order(5, 0)], ['bac', 'bca', 'cab', 'abc', 'abc', 'abc', 'abc']);
});

test('a date is told as precisely as it is known', () => {
  const said = (when: Partial<When>) => whenInWords({ ...unknown, ...when }, zone, now);
  assert.equal(said({ first_day: '2021-10-29', start: '13:30', end: '16:30' }), '10月29日(金) 13:30〜16:30');
  assert.equal(said({ first_day: '2021-10-29', start: '13:30' }), '10月29日(金) 13:30から');
  assert.equal(said({ first_day: '2022-01-29' }), '2022年1月29日(土)');
  assert.equal(said({ first_day: '2021-11-01', last_day: '2021-11-05' }), '11月1日(月)〜11月5日(金)');
  assert.equal(said({ first_day: '2021-11-01', last_day: '2021-12-31', label: '11〜12月頃' }), '11〜12月頃');
  assert.equal(said({}), '日程は調整中です');
});

const session: SessionFields = {
  series: null, kind: 'subcommittee', number: 2, title: '第2回適応策分科会', description: '', status: 'scheduled',
  when: { ...unknown, first_day: '2021-10-27', start: '13:30', end: '16:30' },
  venue: '墨田区内', venue_address: '', participation: [], items: [], replaced_by: [], cancel_reason: '感染症の拡大防止',
};
const happening = (given: Partial<Happening>): Happening => ({
  kind: 'materials', at: '2021-10-22T01:00:00Z', numbers: [1], titles: ['次第'], links: [{ id: 'm', title: '次第', path: '/materials/m' }],
  session, replacements: [], window: null, ...given,
});

test('a notice is drafted as the secretariat writes it', () => {
  const drafted = (given: Partial<Happening>) => {
    const { date, title, body } = draftOf(happening(given), zone, now);
    assert.equal(date, '2021-10-25');
    return [title, body];
  };
  assert.deepEqual(drafted({}), ['第2回適応策分科会の資料を掲載', '10月27日(水)の資料「次第」を載せました。']);
  assert.deepEqual(drafted({ kind: 'materials_replaced', titles: ['次第', '名簿'] }),
    ['第2回適応策分科会の資料を差し替え', '資料「次第」、「名簿」を新しい版に差し替えました。お手元の資料も新しい版をお使いください。']);
  assert.deepEqual(drafted({ kind: 'date' }), ['第2回適応策分科会の開催案内', '10月27日(水) 13:30〜16:30に開きます。会場は墨田区内です。']);
  assert.deepEqual(drafted({ kind: 'cancelled', replacements: ['第3回適応策分科会'] }),
    ['第2回適応策分科会の中止', '感染症の拡大防止のため、10月27日(水)の会を中止します。「第3回適応策分科会」に振り替えます。']);
  const window = { opens_at: '2021-07-26T15:00:00Z', closes_at: '2021-12-28T15:00:00Z' };
  assert.deepEqual(drafted({ kind: 'lecture', session: null, titles: ['脱炭素'], window }),
    ['動画講演に「脱炭素」を追加', '動画講演「脱炭素」を見られるようにしました。公開期間は7月27日(火)から 12月28日(火)までです。']);
});

test('a notice is told by mail with addresses', () => {
  const links = [{ id: 'm', title: '次第', path: '/materials/m' }];
  const mail = mailOf({ title: '資料を掲載', body: '載せました。', links }, { name: '研究会', organiser: '東京市町村自治調査会', contact: '042-000-0000' }, 'https://k.example');
  assert.equal(mail.subject, '【研究会】資料を掲載');
  assert.match(mail.body, /^各市区町村 ご担当者様\n\nいつもお世話になっております。東京市町村自治調査会です。\n\n載せました。\n/);
  assert.match(mail.body, /次第\nhttps:\/\/k\.example\/materials\/m\n/);
  assert.match(mail.body, /042-000-0000$/);
});
