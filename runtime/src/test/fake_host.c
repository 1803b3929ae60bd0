/* fake_host.c: a host for tests. It counts its calls, and its clock moves only when it waits or a
   test advances it. */
#include <rouse/test.h>

static struct rouse_fake_host *fake_of(struct rouse_host *host)
{
    return (struct rouse_fake_host *)(void *)host;
}

static void fake_wake(struct rouse_host *host)
{
    fake_of(host)->wakes++;
}

static uint64_t fake_now(struct rouse_host *host)
{
    fake_of(host)->nows++;
    return fake_of(host)->clock_ns;
}

static void fake_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    fake_of(host)->wake_ats++;
    fake_of(host)->deadline_ns = deadline_ns;
}

static rouse_status fake_wait(struct rouse_host *host, bool remote)
{
    struct rouse_fake_host *fake = fake_of(host);
    (void)remote;
    fake->waits++;
    if (fake->deadline_ns == ROUSE_NEVER)
        return ROUSE_ERR_DEADLOCK;
    if (fake->deadline_ns > fake->clock_ns)
        fake->clock_ns = fake->deadline_ns;
    return ROUSE_OK;
}

static void fake_interrupt(struct rouse_host *host)
{
    fake_of(host)->interrupts++;
}

void rouse_fake_host_init(struct rouse_fake_host *fake)
{
    static const struct rouse_host_calls calls = {.wake = fake_wake,
                                                  .now = fake_now,
                                                  .wake_at = fake_wake_at,
                                                  .wait = fake_wait,
                                                  .interrupt = fake_interrupt};
    *fake = (struct rouse_fake_host){.host.calls = &calls, .deadline_ns = ROUSE_NEVER};
}

void rouse_fake_host_advance(struct rouse_fake_host *fake, uint64_t ns)
{
    fake->clock_ns += ns;
    while (rouse_turn(fake->host.runtime)) {
    }
}

void rouse_virtual_clock(struct rouse_options *options)
{
    options->virtual_clock = true;
}
