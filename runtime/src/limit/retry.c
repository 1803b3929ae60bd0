/* retry.c: one attempt after the other, with growing pauses in between. */
#include <rouse/limit.h>

#include "../base/random.h"

static const uint64_t default_base_ns = 100 * ROUSE_MS;

static uint64_t first_pause(const struct rouse_retry_policy *policy)
{
    uint64_t pause = policy->base_ns ? policy->base_ns : default_base_ns;
    return policy->max_ns && pause > policy->max_ns ? policy->max_ns : pause;
}

static uint64_t next_pause(const struct rouse_retry_policy *policy, uint64_t pause)
{
    uint64_t next;
    if (__builtin_mul_overflow(pause, policy->factor ? policy->factor : 2, &next))
        next = UINT64_MAX;
    return policy->max_ns && next > policy->max_ns ? policy->max_ns : next;
}

/* The pause less a random part of it, so that tasks that failed together do not retry together. */
static uint64_t with_jitter(const struct rouse_retry *self, struct rouse_runtime *rt)
{
    uint32_t percent = self->policy.jitter < 100 ? self->policy.jitter : 100;
    uint64_t most = self->pause_ns / 100 * percent;
    return most && rt ? self->pause_ns - rouse_i_random(rt) % (most + 1) : self->pause_ns;
}

static bool gives_up(const struct rouse_retry *self)
{
    if (self->policy.attempts && self->out >= self->policy.attempts)
        return true;
    return self->policy.again && !self->policy.again(self->data, self->status);
}

ROUSE_ASYNC(rouse_retry)
{
    ROUSE_BEGIN;
    for (self->out = 1;; self->out++) {
        self->attempt = self->make(self->data);
        if (!self->attempt)
            ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
        if (self->policy.attempt_ns) {
            ROUSE_TRY_AWAIT(self->status, self->limit,
                            rouse_timeout(self->attempt, self->policy.attempt_ns));
        } else {
            ROUSE_TRY_AWAIT_ON(self->status, self->attempt);
        }
        if (self->status == ROUSE_OK)
            break;
        if (gives_up(self))
            ROUSE_LEAVE_(self->status); /* keeps the chain that the await above has caught */
        ROUSE_AWAIT(self->pause, rouse_sleep(with_jitter(self, cx->runtime)));
        self->pause_ns = next_pause(&self->policy, self->pause_ns);
    }
    ROUSE_FINALLY;
    rouse_drop(self->attempt);
    ROUSE_END;
}

struct rouse_retry rouse_retry(rouse_make make, void *data, const struct rouse_retry_policy *policy)
{
    struct rouse_retry retry = ROUSE_FUTURE(rouse_retry, .make = make, .data = data);
    if (policy)
        retry.policy = *policy;
    retry.pause_ns = first_pause(&retry.policy);
    return retry;
}
