/* remote_wake.c: wakes from other threads and from signal handlers.

   Invariant: another thread only sets two flags and calls the host's interrupt, which is all safe
   in a signal handler. The rest, and the wake itself, happens on the runtime's own thread. */
#include "executor.h"
#include "../trace/trace_events.h"

#ifdef __wasm__
#define need_interrupt(rt) ((void)0) /* one thread */
#else
/* Without it a program hangs, and nothing else would say why. */
static void need_interrupt(const struct rouse_runtime *rt)
{
    static const char text[] = "rouse: this host has no `interrupt`: a wake from another thread is "
                               "only seen when you call rouse_turn (docs/hosts.md)\n";
    static uint32_t said;
    if (!rt->host->calls->interrupt && !__atomic_exchange_n(&said, 1, __ATOMIC_RELAXED))
        rouse_host_log(text, sizeof text - 1);
}
#endif

void rouse_remote_init(struct rouse_remote *remote, struct rouse_runtime *rt)
{
    *remote = (struct rouse_remote){.runtime = rt};
    rouse_i_list_append(&rt->remotes, &remote->node);
    need_interrupt(rt);
}

/* A trace shows the wait for a remote as an operation of the host. */
static void trace_settled(const struct rouse_remote *remote, rouse_status status)
{
    (void)status;
    if (remote->waker.table)
        ROUSE_EVENT(IO_SETTLE, ROUSE_ADDRESS(remote), (uint32_t)status, 0);
}

void rouse_remote_drop(struct rouse_remote *remote)
{
    if (rouse_i_node_is_linked(&remote->node))
        rouse_i_node_unlink(&remote->node);
    trace_settled(remote, ROUSE_ERR_CANCELLED);
    rouse_waker_drop(&remote->waker);
}

/* Interrupts the host once per burst of wakes: the next turn clears the flag. */
static void interrupt_host(struct rouse_runtime *rt)
{
    if (__atomic_exchange_n(&rt->remote_pending, 1, __ATOMIC_ACQ_REL))
        return;
    if (rt->host->calls->interrupt)
        rt->host->calls->interrupt(rt->host);
}

void rouse_remote_wake(struct rouse_remote *remote)
{
    __atomic_store_n(&remote->signalled, 1, __ATOMIC_RELEASE);
    interrupt_host(remote->runtime);
}

void rouse_interrupt(struct rouse_runtime *rt)
{
    __atomic_store_n(&rt->interrupted, 1, __ATOMIC_RELEASE);
    interrupt_host(rt);
}

void rouse_i_ask(struct rouse_runtime *rt, void (*report)(struct rouse_runtime *rt))
{
    __atomic_store_n(&rt->asked, report, __ATOMIC_RELEASE);
    interrupt_host(rt);
}

void rouse_i_remotes_wake(struct rouse_runtime *rt)
{
    struct rouse_i_node list;
    void (*asked)(struct rouse_runtime *) = __atomic_exchange_n(&rt->asked, NULL, __ATOMIC_ACQ_REL);
    if (asked)
        asked(rt);
    rt->waking = ROUSE_BY_REMOTE;
    rouse_i_list_take(&list, &rt->remotes);
    while (!rouse_i_list_is_empty(&list)) {
        struct rouse_remote *remote = ROUSE_I_CONTAINER(list.next, struct rouse_remote, node);
        rouse_i_node_unlink(&remote->node);
        rouse_i_list_append(&rt->remotes, &remote->node);
        if (!__atomic_load_n(&remote->signalled, __ATOMIC_ACQUIRE))
            continue;
        trace_settled(remote, ROUSE_OK);
        rouse_waker_wake(&remote->waker);
    }
    rt->waking = ROUSE_BY_OUTSIDE;
}

static void stop_waiting(struct rouse_remote *remote)
{
    remote->waiting = NULL;
    rouse_waker_drop(&remote->waker);
}

static struct rouse_polled remote_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_remote *remote = ((struct rouse_remote_wait *)(void *)f)->remote;
    if (remote->waiting && remote->waiting != f)
        rouse_i_bug(f, "two futures wait for one remote");
    remote->waiting = f;
    /* Stores the waker before it reads the flag: so the next turn sees a wake in between. */
    bool waits = remote->waker.table != NULL;
    rouse_waker_store(&remote->waker, cx);
    if (!__atomic_exchange_n(&remote->signalled, 0, __ATOMIC_ACQ_REL)) {
        if (!waits)
            ROUSE_EVENT_ON(IO_START, remote, "remote");
        return ROUSE_PENDING;
    }
    if (waits)
        trace_settled(remote, ROUSE_OK);
    stop_waiting(remote);
    return ROUSE_READY(ROUSE_OK);
}

static void remote_wait_drop(struct rouse_future *f)
{
    struct rouse_remote *remote = ((struct rouse_remote_wait *)(void *)f)->remote;
    trace_settled(remote, ROUSE_ERR_CANCELLED);
    stop_waiting(remote);
}

const struct rouse_type rouse_remote_wait_type = {"rouse_remote_wait", __FILE__,
                                                  sizeof(struct rouse_remote_wait),
                                                  remote_wait_poll, remote_wait_drop};

ROUSE_MAKER_FUNCTION_(rouse_remote_wait, rouse_remote_wait)(struct rouse_remote *remote)
{
    return rouse_remote_wait(remote);
}
