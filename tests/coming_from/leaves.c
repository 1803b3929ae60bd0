/* Under the macros: what waits, and who wakes it. */
#include "row.h"

struct button {
    struct rouse_waker waiting;
    bool pressed;
};
struct press {
    struct rouse_future future;
    struct button *button;
};
static struct rouse_polled press_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct button *button = ((struct press *)(void *)f)->button;
    if (button->pressed) {
        rouse_waker_drop(&button->waiting);
        // Rust std: return Poll::Ready(Ok(()));
        // JS: resolve()
        return ROUSE_READY(ROUSE_OK);
    }
    // Rust std: self.waiting = Some(cx.waker().clone()); return Poll::Pending;
    // JS: return new Promise(resolve => { waiting = resolve })
    // Coroutines: waiting = coroutine_self(); coroutine_park();
    // libuv: uv_poll_start(&poll, UV_READABLE, on_ready);
    // epoll: epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event);
    rouse_waker_store(&button->waiting, cx);
    return ROUSE_PENDING;
}
static void press_drop(struct rouse_future *f)
{
    // Rust std: impl Drop for Press { fn drop(&mut self) { self.button.waiting = None } }
    // JS: signal.addEventListener('abort', () => { waiting = null })
    // libuv: uv_poll_stop(&poll);
    // epoll: epoll_ctl(loop, EPOLL_CTL_DEL, fd, NULL);
    rouse_waker_drop(&((struct press *)(void *)f)->button->waiting);
}
static const struct rouse_type press_type = {"press", __FILE__, sizeof(struct press), press_poll,
                                             press_drop};

TEST(a_leaf_waits_until_it_is_woken)
{
    struct button button = {0};
    struct press press = ROUSE_FUTURE(press, .button = &button);
    struct mock_task task = mock_task(&press.future);
    EXPECT_PENDING(mock_poll(&task));
    button.pressed = true;
    // Rust std: if let Some(waker) = self.waiting.take() { waker.wake() }
    // futures-rs: self.waiting.wake(); // AtomicWaker
    // JS: waiting()
    // Coroutines: coroutine_unpark(waiting);
    // libuv: static void on_ready(uv_poll_t *poll, int status, int events) { ... }
    // epoll: ((handler *)events[i].data.ptr)->ready(events[i].events);
    rouse_waker_wake(&button.waiting);

    EXPECT_EQ(task.woken, 1);
    EXPECT_READY(mock_poll(&task), ROUSE_OK);
}

TEST(a_leaf_that_is_dropped_is_not_woken)
{
    struct button button = {0};
    struct press press = ROUSE_FUTURE(press, .button = &button);
    struct mock_task task = mock_task(&press.future);
    EXPECT_PENDING(mock_poll(&task));
    rouse_drop(&press.future);
    rouse_waker_wake(&button.waiting);
    EXPECT_EQ(task.woken, 0);
}

static struct rouse_polled third_time(void *data, struct rouse_context *cx)
{
    if (++*(int *)data == 3)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}
ROW(a_leaf_of_one_function, struct rouse_poll_fn leaf; int polls;)
{
    ROUSE_BEGIN;
    // Rust std: future::poll_fn(|cx| third_time(&mut polls, cx)).await
    // futures-rs: future::poll_fn(|cx| third_time(&mut polls, cx)).await
    ROUSE_AWAIT(self->leaf, rouse_poll_fn(third_time, &self->polls));

    EXPECT_EQ(self->polls, 3);
    ROUSE_END;
}

TEST(a_waker_for_nobody)
{
    struct rouse_pending never = rouse_pending();
    // Rust std: let mut cx = Context::from_waker(Waker::noop());
    // futures-rs: let mut cx = Context::from_waker(noop_waker_ref());
    struct rouse_context cx = {.waker = rouse_waker_noop()};

    // Rust std: never.as_mut().poll(&mut cx)
    // futures-rs: never.poll_unpin(&mut cx)
    EXPECT_PENDING(rouse_poll(&never.future, &cx));

    rouse_drop(&never.future);
}
