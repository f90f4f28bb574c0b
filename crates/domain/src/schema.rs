//! The tables as diesel sees them; a test compares this and the migrations of both databases.

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        email_lower -> Text,
        username -> Text,
        username_lower -> Text,
        password_hash -> Text,
        role -> Text,
        disabled -> Bool,
        created_at -> Timestamp,
        last_login -> Nullable<Timestamp>,
        disabled_reason -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        created_at -> Timestamp,
        last_used -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        address -> Text,
        user_agent -> Text,
    }
}

diesel::table! {
    session_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        created_at -> Timestamp,
        spent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    datasets (id) {
        id -> Text,
        owner_id -> Text,
        name -> Text,
        name_key -> Text,
        search_text -> Text,
        description -> Text,
        status -> Text,
        file_name -> Nullable<Text>,
        bytes -> BigInt,
        sha256 -> Text,
        source_key -> Text,
        version_id -> Nullable<Text>,
        error -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
        gone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dataset_versions (id) {
        id -> Text,
        dataset_id -> Text,
        number -> Integer,
        row_count -> BigInt,
        quarantine_rows -> BigInt,
        columns_json -> Text,
        dialect -> Text,
        content_hash -> Text,
        bytes -> BigInt,
        storage_key -> Text,
        profile -> Text,
        preview -> Text,
        job_id -> Text,
        created_at -> Timestamp,
        operation -> Text,
        parent_number -> Nullable<Integer>,
        source -> Nullable<Text>,
    }
}

diesel::table! {
    dataset_sources (id) {
        id -> Text,
        dataset_id -> Text,
        storage_key -> Text,
        file_name -> Nullable<Text>,
        bytes -> BigInt,
        sha256 -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    executions (id) {
        id -> Text,
        share_key -> Nullable<Text>,
        kind -> Text,
        lane -> Text,
        spec -> Text,
        priority -> Integer,
        user_id -> Text,
        version_id -> Nullable<Text>,
        status -> Text,
        attempt -> Integer,
        crashes -> Integer,
        worker -> Nullable<Text>,
        lease_until -> Nullable<Timestamp>,
        not_before -> Nullable<Timestamp>,
        progress_fraction -> Double,
        progress_stage -> Text,
        progress_rows -> BigInt,
        error -> Nullable<Text>,
        request_id -> Text,
        created_at -> Timestamp,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    execution_failures (id) {
        id -> Text,
        execution_id -> Text,
        attempt -> Integer,
        worker -> Nullable<Text>,
        started_at -> Nullable<Timestamp>,
        ended_at -> Timestamp,
        failure -> Text,
    }
}

diesel::table! {
    workers (name) {
        name -> Text,
        version -> Text,
        lanes -> Text,
        slots -> Integer,
        started_at -> Timestamp,
        seen_at -> Timestamp,
        confinement -> Nullable<Text>,
    }
}

diesel::table! {
    execution_results (execution_id) {
        execution_id -> Text,
        result -> Text,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        user_id -> Text,
        execution_id -> Text,
        dataset_id -> Nullable<Text>,
        cached -> Bool,
        age_seconds -> Nullable<Double>,
        request_id -> Text,
        created_at -> Timestamp,
        cancelled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_keys (user_id, route, idempotency_key) {
        user_id -> Text,
        route -> Text,
        idempotency_key -> Text,
        body_hash -> Text,
        job_id -> Nullable<Text>,
        response -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Text,
        happened_at -> Timestamp,
        actor_id -> Nullable<Text>,
        action -> Text,
        target -> Nullable<Text>,
        address -> Text,
        request_id -> Text,
        outcome -> Text,
        detail -> Text,
    }
}

diesel::table! {
    visualizations (id) {
        id -> Text,
        owner_id -> Text,
        dataset_id -> Text,
        name -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    visualization_versions (visualization_id, number) {
        visualization_id -> Text,
        number -> Integer,
        chart -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    visualization_shares (visualization_id, user_id) {
        visualization_id -> Text,
        user_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    visualization_images (visualization_id, tag) {
        visualization_id -> Text,
        tag -> Text,
        storage_key -> Text,
        created_at -> Timestamp,
    }
}

diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(session_tokens -> sessions (session_id));
diesel::joinable!(datasets -> dataset_versions (version_id));
diesel::joinable!(jobs -> executions (execution_id));
diesel::joinable!(visualizations -> users (owner_id));
diesel::joinable!(visualization_versions -> visualizations (visualization_id));
diesel::joinable!(visualization_shares -> users (user_id));
diesel::joinable!(execution_results -> executions (execution_id));
diesel::allow_tables_to_appear_in_same_query!(
    users,
    sessions,
    session_tokens,
    datasets,
    dataset_versions,
    dataset_sources,
    executions,
    execution_results,
    jobs,
    visualizations,
    visualization_versions,
    visualization_shares,
);
