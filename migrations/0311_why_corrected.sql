-- Why a segment was corrected, where nobody typed a reason: a code of its own. Before, the code stood where the reason stands, and somebody
-- who typed the same word was quoted with ours. Nothing here is known of what was written down before, and of what the release before writes:
-- those reasons are read as they were.
alter table segment_correction
    add column source text constraint segment_correction_source_check
        check (source in ('typed', 'by_connection', 'forgotten', 'began_earlier', 'no_show', 'called_off', 'missed_by_us'));
