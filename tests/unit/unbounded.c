/* unbounded channel, polled by hand. */
#include "test.h"

static struct rouse_runtime rt;
static struct rouse_fake_host host;
static struct test_memory memory;
static struct rouse_channel ch;
static int got;

static void begin(void)
{
    struct rouse_options options = {
        .host = &host.host, .allocate = test_allocate, .allocate_data = &memory};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_channel_init_unbounded(&ch, &rt, sizeof got);
}

static void end(void)
{
    rouse_channel_drop(&ch);
    rouse_channel_drop(&ch);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
    EXPECT_EQ(memory.live_bytes, 0);
}

TEST(unbounded_channel_is_never_full_and_keeps_the_order_as_it_grows)
{
    int in = 0, out = 0;
    begin();
    for (int round = 0; round < 100; round++) {
        for (int i = 0; i < 7; i++) {
            EXPECT_EQ(rouse_try_send(&ch, &in), ROUSE_OK);
            in++;
        }
        for (int i = 0; i < 5; i++) {
            EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
            EXPECT_EQ(got, out++);
        }
    }
    EXPECT_EQ(rouse_channel_len(&ch), 200);
    EXPECT(rouse_channel_capacity(&ch) >= 200);
    end();
}

TEST(send_that_would_wait_elsewhere_is_done_at_once)
{
    begin();
    for (int i = 0; i < 20; i++) {
        MOCK(rouse_send, s, rouse_send(&ch, &i));
        EXPECT_READY(POLL(s), ROUSE_OK);
    }
    MOCK(rouse_reserve, p, rouse_reserve_many(&ch, 100));
    EXPECT_READY(POLL(p), ROUSE_OK);
    for (int i = 0; i < 100; i++)
        rouse_permit_send(&ch, &i);
    EXPECT_EQ(rouse_channel_len(&ch), 120);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(r), ROUSE_OK);
    end();
}

TEST(no_memory_is_a_status_and_nothing_is_lost)
{
    begin();
    while (rouse_channel_len(&ch) < 8)
        EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_OK);
    memory.fail_at = 1;
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_send, s, rouse_send(&ch, &got));
    EXPECT_READY(POLL(s), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_reserve, p, rouse_reserve(&ch));
    EXPECT_READY(POLL(p), ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(rouse_try_reserve(&ch, SIZE_MAX), ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(rouse_channel_len(&ch), 8);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_OK);
    end();
}

TEST(recv_many_takes_all_there_are_of_an_unbounded_channel_too)
{
    int items[4] = {0};
    begin();
    MOCK(rouse_recv_many, a, rouse_recv_many(&ch, items, 4));
    EXPECT_PENDING(POLL(a));
    for (int i = 1; i <= 3; i++)
        EXPECT_EQ(rouse_try_send(&ch, &i), ROUSE_OK);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(a.out, 3);
    EXPECT_EQ(items[2], 3);
    end();
}

TEST(unbounded_channel_closes_like_any_other)
{
    begin();
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT(!rouse_channel_is_closed(&ch));
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    rouse_channel_close(&ch);
    EXPECT(rouse_channel_is_closed(&ch));
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_ERR_CLOSED);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
    end();
}

TEST(use_after_drop_is_closed)
{
    begin();
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_OK);
    MOCK(rouse_recv, waiting, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(waiting), ROUSE_OK);
    end();
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
    MOCK(rouse_send, s, rouse_send(&ch, &got));
    EXPECT_READY(POLL(s), ROUSE_ERR_CLOSED);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}

TEST(permits_outlive_the_drop)
{
    begin();
    EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_OK);
    EXPECT_EQ(rouse_try_reserve(&ch, 3), ROUSE_OK);
    rouse_channel_drop(&ch);
    rouse_permit_release(&ch, 1);
    rouse_permit_send(&ch, &got);
    rouse_permit_release(&ch, 1);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
    end();
}

TEST(an_item_larger_than_all_memory_is_no_memory)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 8};
    begin();
    for (int i = 0; i < 3; i++) {
        rouse_channel_init_unbounded(&ch, &rt, sizes[i]);
        EXPECT_EQ(rouse_try_send(&ch, &got), ROUSE_ERR_NO_MEMORY);
    }
    end();
}

TEST(signals_without_content_need_no_memory)
{
    begin();
    rouse_channel_init_unbounded(&ch, &rt, 0);
    for (int i = 0; i < 100; i++)
        EXPECT_EQ(rouse_try_send(&ch, NULL), ROUSE_OK);
    EXPECT_EQ(memory.live_blocks, 0);
    EXPECT_EQ(rouse_try_recv(&ch, NULL), ROUSE_OK);
    EXPECT_EQ(rouse_channel_len(&ch), 99);
    end();
}
