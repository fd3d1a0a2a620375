// Pages that are open stay true; without script a reload shows the same.

import { expect, test } from '../support/fixtures';
import { people, words, PIXEL, type Portal } from '../support/portal';

test('a page that is open shows what others do, and takes nothing from whoever is typing', async ({ portal: customer, visitor, javaScriptEnabled }) => {
  const [dispatcher, colleague] = [await visitor(), await visitor()];
  await dispatcher.signIn(people.dispatcher);
  await customer.signIn(people.school);
  await colleague.signIn(people.school);
  /** What a page shows by itself, or when it is asked for again. */
  const follows = async (portal: Portal, shows: () => Promise<void>) => {
    if (!javaScriptEnabled) await portal.page.reload();
    await shows();
  };

  await dispatcher.open('/desk/queue?part=time_to_choose');
  const number = await test.step('an order from the portal comes into the queue', async () => {
    const number = await customer.orderDispatched();
    await follows(dispatcher, () => expect(dispatcher.main.locator(`a[href="/desk/requests/${number}"]`)).toBeVisible({ timeout: 15_000 }));
    return number;
  });

  await test.step('an order of a program comes into the queue, too', async () => {
    const headers = { Authorization: 'Bearer demo-lipova', 'Idempotency-Key': `${number} ${javaScriptEnabled}` };
    const { request } = dispatcher.page;
    const types: { id: number; you_pick: boolean }[] = await (await request.get('/api/v1/work-types', { headers })).json();
    const sent = await request.post('/api/v1/requests', {
      headers,
      data: {
        work_type: types.find((type) => !type.you_pick)!.id,
        urgency: 'normal',
        summary: 'Program hlásí chybu 0x80070005.',
        contact_name: 'Jana Nováková',
        contact_phone: '377 457 977',
      },
    });
    expect(sent.status()).toBe(201);
    const { number: ordered } = await sent.json();
    await follows(dispatcher, () => expect(dispatcher.main.locator(`a[href="/desk/requests/${ordered}"]`)).toBeVisible({ timeout: 15_000 }));
  });

  await test.step('the customer writes and sends what is on the screen, and the desk answers', async () => {
    await customer.open(`/requests/${number}`);
    await customer.field('message').fill('Tohle se ukáže při tisku.');
    await customer.field('files').setInputFiles({ name: 'obrazovka.PNG', mimeType: 'image/png', buffer: PIXEL });
    await customer.button('Odeslat zprávu').click();
    await expect(customer.main.getByRole('link', { name: 'obrazovka.png' })).toBeVisible();
    await dispatcher.open(`/desk/requests/${number}`);
    await expect(dispatcher.headline).toHaveText('Zákazník napsal');
    await expect(dispatcher.main.getByText('Tohle se ukáže při tisku.')).toBeVisible();
    await dispatcher.field('message').fill('Díky, podíváme se na to.');
    await dispatcher.button('Odeslat zprávu').click();
    await expect(dispatcher.headline).not.toHaveText('Zákazník napsal');
    await follows(customer, () => expect(customer.main.getByText('Díky, podíváme se na to.')).toBeVisible({ timeout: 15_000 }));
  });

  await test.step('a colleague calls it off: the request that is open says so, and a note that is being typed stays', async () => {
    await customer.open(`/requests/${number}`);
    await dispatcher.open(`/desk/requests/${number}`);
    await dispatcher.field('internal_note').fill('Chtějí dopoledne.');
    await colleague.open(`/requests/${number}`);
    await colleague.cancel();
    await follows(customer, () => expect(customer.headline).toHaveText(words.cancelled, { timeout: 15_000 }));
    if (javaScriptEnabled) {
      await expect(dispatcher.page.locator('#live-waits')).toBeVisible({ timeout: 15_000 });
      await expect(dispatcher.field('internal_note')).toHaveValue('Chtějí dopoledne.');
      await expect(dispatcher.headline).toHaveText(words.cancelled);
    }
  });
});
