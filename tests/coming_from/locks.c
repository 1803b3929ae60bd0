/* Locks and signals. */
#include "row.h"

ROW(a_mutex, struct rouse_mutex mutex; struct rouse_mutex_lock lock;)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->mutex);
    // Tokio: let guard = mutex.lock().await;
    // futures-rs: let guard = mutex.lock().await;
    // smol: let guard = mutex.lock().await;
    // Go: mu.Lock()
    // Threads: pthread_mutex_lock(&mutex);
    // Rust std: let guard = mutex.lock().unwrap();
    // libuv: uv_mutex_lock(&mutex);
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&self->mutex));

    // Tokio: let guard = mutex.try_lock();
    // Go: mu.TryLock()
    // Threads: pthread_mutex_trylock(&mutex);
    EXPECT(!rouse_mutex_try_lock(&self->mutex));

    // Tokio: drop(guard);
    // Go: mu.Unlock()
    // Threads: pthread_mutex_unlock(&mutex);
    rouse_mutex_unlock(&self->mutex);

    EXPECT(!rouse_mutex_is_locked(&self->mutex));
    ROUSE_END;
}

ROW(readers_and_a_writer, struct rouse_rwlock lock; struct rouse_rwlock_read read;
    struct rouse_rwlock_write write;)
{
    ROUSE_BEGIN;
    rouse_rwlock_init(&self->lock);
    // Tokio: let guard = lock.read().await;
    // Go: mu.RLock()
    // Threads: pthread_rwlock_rdlock(&lock);
    ROUSE_AWAIT(self->read, rouse_rwlock_read(&self->lock));

    EXPECT(!rouse_rwlock_try_write(&self->lock));
    rouse_rwlock_unlock_read(&self->lock);
    // Tokio: let guard = lock.write().await;
    // Go: mu.Lock()
    // Threads: pthread_rwlock_wrlock(&lock);
    ROUSE_AWAIT(self->write, rouse_rwlock_write(&self->lock));

    EXPECT(!rouse_rwlock_try_read(&self->lock));
    rouse_rwlock_unlock_write(&self->lock);
    ROUSE_END;
}

ROW(a_semaphore, struct rouse_semaphore room; struct rouse_semaphore_acquire acquire;)
{
    ROUSE_BEGIN;
    rouse_semaphore_init(&self->room, 3);
    // Tokio: let permits = room.acquire_many(2).await?;
    // Go: sem.Acquire(ctx, 2)
    // Threads: sem_wait(&room); sem_wait(&room);
    ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&self->room, 2));

    EXPECT_EQ(rouse_semaphore_available(&self->room), 1);
    // Tokio: drop(permits);
    // Go: sem.Release(2)
    // Threads: sem_post(&room); sem_post(&room);
    rouse_semaphore_release(&self->room, 2);

    EXPECT_EQ(rouse_semaphore_available(&self->room), 3);
    ROUSE_END;
}

ROW(a_notification, struct rouse_notify changed; struct rouse_notify_wait wait;)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->changed);
    // Tokio: changed.notify_one();
    // smol: event.notify(1);
    // Go: cond.Signal()
    // Threads: pthread_cond_signal(&changed);
    rouse_notify_one(&self->changed);

    // Tokio: changed.notified().await;
    // smol: event.listen().await;
    // Go: cond.Wait()
    // Threads: pthread_cond_wait(&changed, &mutex);
    // JS: await new Promise(done => emitter.once('changed', done))
    ROUSE_AWAIT(self->wait, rouse_notify_wait(&self->changed));

    ROUSE_END;
}

ROW(all_are_notified, struct rouse_notify changed; struct rouse_notify_wait a, b;
    struct rouse_poll_once once; struct rouse_join both;)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->changed);
    ROUSE_PUT(self->a, rouse_notify_wait(&self->changed));
    ROUSE_PUT(self->b, rouse_notify_wait(&self->changed));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->a.future));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->b.future));
    // Tokio: changed.notify_waiters();
    // smol: event.notify(usize::MAX);
    // Go: cond.Broadcast()
    // Threads: pthread_cond_broadcast(&changed);
    rouse_notify_all(&self->changed);

    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));
    ROUSE_END;
}

ROW(it_has_happened, struct rouse_event ready; struct rouse_event_wait wait;)
{
    ROUSE_BEGIN;
    rouse_event_init(&self->ready);
    // Go: close(ready)
    // JS: resolve()
    // Threads: done = true; pthread_cond_broadcast(&ready);
    rouse_event_set(&self->ready);

    // Go: <-ready
    // JS: await ready
    // Threads: while (!done) pthread_cond_wait(&ready, &mutex);
    ROUSE_AWAIT(self->wait, rouse_event_wait(&self->ready));

    EXPECT(rouse_event_is_set(&self->ready));
    ROUSE_END;
}

ROW(nobody_before_all, struct rouse_barrier barrier; struct rouse_barrier_wait a, b;
    struct rouse_join both;)
{
    ROUSE_BEGIN;
    rouse_barrier_init(&self->barrier, 2);
    // Tokio: let a = barrier.wait();
    // Threads: pthread_barrier_wait(&barrier);
    // Rust std: barrier.wait();
    ROUSE_PUT(self->a, rouse_barrier_wait(&self->barrier));

    ROUSE_PUT(self->b, rouse_barrier_wait(&self->barrier));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));
    EXPECT_EQ(self->a.out + self->b.out, 1);
    ROUSE_END;
}

ROW(whoever_needs_it_first, struct rouse_once config; struct work load;
    struct rouse_once_get_or_init get;)
{
    ROUSE_BEGIN;
    rouse_once_init(&self->config);
    ROUSE_PUT(self->load, work(10, 7));
    // Tokio: config.get_or_try_init(|| work(10, 7)).await?;
    // Go: once.Do(load)
    // Threads: pthread_once(&config, load);
    // Rust std: config.get_or_init(load);
    // JS: config ??= work(10, 7); await config
    ROUSE_AWAIT(self->get, rouse_once_get_or_init(&self->config, &self->load.future));

    EXPECT(rouse_once_is_set(&self->config));
    ROUSE_END;
}

ROW(a_wait_group, struct rouse_wait_group group; struct rouse_wait_group_wait wait;)
{
    ROUSE_BEGIN;
    rouse_wait_group_init(&self->group);
    // Go: wg.Add(2)
    rouse_wait_group_add(&self->group, 2);

    rouse_wait_group_done(&self->group);
    // Go: wg.Done()
    rouse_wait_group_done(&self->group);

    // Go: wg.Wait()
    // Threads: while (left > 0) pthread_cond_wait(&none_left, &mutex);
    ROUSE_AWAIT(self->wait, rouse_wait_group_wait(&self->group));

    ROUSE_END;
}
