// Steps, phases, guesses; runs and answers in the background.
#include "render/lab/lesson_desk.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>

#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// Everything about a step, or as much as there was before `stale`. `tell` gets the runs before the rest is known.
StepFound find_out(const LessonStep& step, const LoadedStep& loaded, const std::atomic<bool>& stale,
                   const std::function<void(const StepFound&)>& tell) {
    StepFound found;
    try {
        std::atomic<double> unseen = 0.0;
        found.run = make_run(resolve_scenario(loaded.scenario), stale, unseen);
        if (found.run && loaded.compare)
            found.compare = make_run(resolve_scenario(*loaded.compare), stale, unseen);
        if (!found.run || stale) return found;
        tell(found);
        if (step.sequence == "side_exit")
            found.exit =
                plan_side_exit(found.run->recording->plan, found.run->recording->scenario, side_right);
        if (step.question && !stale)
            found.answer =
                lesson_answer(*step.question, *found.run->recording, found.run->assessment, &stale);
    } catch (const std::exception& error) {
        found.problem = error.what();
    }
    found.complete = true;
    return found;
}

}  // namespace

double guess_step(const LessonQuestion& question) {
    if (question.unit == "kg" || question.unit == "deg") return 0.5;
    return question.unit == "m" ? 0.01 : question.unit == "mm" ? 5.0 : 1.0;
}

double snapped_guess(const LessonQuestion& question, double value) {
    const double step = guess_step(question);
    return std::clamp(std::round(value / step) * step, question.from, question.to);
}

int LessonVotes::count() const {
    return std::accumulate(choices.begin(), choices.end(), static_cast<int>(numbers.size()));
}

void LessonDesk::begin(LoadedLesson lesson) {
    end();
    votes_.assign(lesson.def.steps.size(), {});
    lesson_ = std::move(lesson);
    ++number_;
    phase_ = phases_of(0).front();
}

void LessonDesk::end() {
    worker_.cancel();
    lesson_.reset();
    found_.clear();
    votes_.clear();
    asked_.reset();
    index_ = posture_ = 0;
    phase_ = LessonPhase::read;
}

std::vector<LessonPhase> LessonDesk::phases_of(std::size_t index) const {
    const LessonStep& step = lesson_->def.steps[index];
    std::vector<LessonPhase> phases;
    if (step.question)
        phases = {LessonPhase::ask, LessonPhase::watch, LessonPhase::told, LessonPhase::read};
    else
        phases = {LessonPhase::read, LessonPhase::watch};
    if (!step.question && !step.model.empty()) phases.push_back(LessonPhase::told);
    if (!step.sequence.empty()) phases.push_back(LessonPhase::sequence);
    return phases;
}

std::size_t LessonDesk::postures_of(std::size_t index) const {
    const auto known = found_.find(index);
    return known != found_.end() && known->second.exit
               ? std::max<std::size_t>(1, known->second.exit->steps.size())
               : 1;
}

bool LessonDesk::at_end() const {
    return index_ + 1 == lesson_->def.steps.size() && phase_ == phases_of(index_).back()
           && (phase_ != LessonPhase::sequence || posture_ + 1 >= postures_of(index_));
}

void LessonDesk::next() {
    if (phase_ == LessonPhase::sequence && posture_ + 1 < postures_of(index_)) {
        ++posture_;
        return;
    }
    const std::vector<LessonPhase> phases = phases_of(index_);
    const auto at = std::ranges::find(phases, phase_);
    if (at + 1 != phases.end()) {
        phase_ = *(at + 1);
        posture_ = 0;
    } else if (index_ + 1 < lesson_->def.steps.size()) {
        go(index_ + 1);
    }
}

void LessonDesk::back() {
    if (phase_ == LessonPhase::sequence && posture_ > 0) {
        --posture_;
        return;
    }
    const std::vector<LessonPhase> phases = phases_of(index_);
    const auto at = std::ranges::find(phases, phase_);
    if (at != phases.begin()) {
        phase_ = *(at - 1);
    } else if (index_ > 0) {
        go(index_ - 1);
        phase_ = phases_of(index_).back();
        posture_ = phase_ == LessonPhase::sequence ? postures_of(index_) - 1 : 0;
    }
}

void LessonDesk::go(std::size_t index) {
    index_ = std::min(index, lesson_->def.steps.size() - 1);
    phase_ = phases_of(index_).front();
    posture_ = 0;
}

void LessonDesk::vote(OutcomeChoice choice, int by) {
    const auto& question = step().question;
    if (phase_ != LessonPhase::ask || !question || question->kind != QuestionKind::outcome) return;
    int& count = votes_[index_].choices[static_cast<std::size_t>(choice)];
    count = std::clamp(count + by, 0, 999);
}

void LessonDesk::guess(double value) {
    const auto& question = step().question;
    if (phase_ != LessonPhase::ask || !question || question->kind != QuestionKind::number) return;
    if (value >= question->from && value <= question->to && votes_[index_].numbers.size() < 999)
        votes_[index_].numbers.push_back(value);
}

void LessonDesk::take_back_guess() {
    if (phase_ == LessonPhase::ask && !votes_[index_].numbers.empty()) votes_[index_].numbers.pop_back();
}

std::string LessonDesk::votes_csv() const {
    std::string text = "step,headline,question,answer,guess,count\n";
    for (std::size_t i = 0; i < votes_.size(); ++i) {
        const LessonStep& step = lesson_->def.steps[i];
        if (!step.question || votes_[i].count() == 0) continue;
        const auto known = found_.find(i);
        std::string answer;
        if (known != found_.end() && known->second.answer) {
            const LessonAnswer& right = *known->second.answer;
            answer = right.choice ? choice_words(*right.choice)
                     : right.value
                         ? number_text(std::round(1e3 * *right.value) / 1e3) + " " + step.question->unit
                         : right.words;
        }
        const auto row = [&](const std::string& guess, int count) {
            text += std::to_string(i + 1) + "," + csv_word(step.headline) + "," + csv_word(step.question->ask)
                    + "," + csv_word(answer) + "," + csv_word(guess) + "," + std::to_string(count) + "\n";
        };
        for (std::size_t choice = 0; choice < votes_[i].choices.size(); ++choice)
            if (votes_[i].choices[choice] > 0)
                row(choice_words(static_cast<OutcomeChoice>(choice)), votes_[i].choices[choice]);
        std::map<double, int> counts;
        for (const double number : votes_[i].numbers) ++counts[number];
        for (const auto& [number, count] : counts)
            row(number_text(std::round(number * 1e3) / 1e3) + " " + step.question->unit, count);
    }
    return text;
}

void LessonDesk::discard_votes() { votes_.assign(votes_.size(), {}); }

bool LessonDesk::has_votes() const {
    return std::ranges::any_of(votes_, [](const LessonVotes& votes) { return votes.count() > 0; });
}

const StepFound* LessonDesk::found() const {
    const auto known = found_.find(index_);
    return known == found_.end() ? nullptr : &known->second;
}

void LessonDesk::ask_for(std::size_t index) {
    asked_ = index;
    worker_.ask([this, index, number = number_, step = lesson_->def.steps[index],
                 loaded = lesson_->steps[index]](const std::atomic<bool>& stale) {
        const auto tell = [&](const StepFound& found) {
            if (stale) return;
            ready_.put({number, index, found});
            if (wake_) wake_();
        };
        tell(find_out(step, loaded, stale, tell));
    });
}

bool LessonDesk::poll() {
    if (!on()) return false;
    bool news = false;
    if (auto ready = ready_.take(); ready && ready->lesson == number_) {
        if (asked_ == ready->index && ready->found.complete) asked_.reset();
        found_[ready->index] = std::move(ready->found);
        news = true;
    }
    // The step on screen before all else, then the next one ahead of time.
    const auto known = [&](std::size_t index) { return found_.contains(index) && found_[index].complete; };
    if (!known(index_)) {
        if (asked_ != index_) ask_for(index_);
    } else if (!asked_ && index_ + 1 < lesson_->steps.size() && !known(index_ + 1)) {
        ask_for(index_ + 1);
    }
    return news;
}

}  // namespace plumb
